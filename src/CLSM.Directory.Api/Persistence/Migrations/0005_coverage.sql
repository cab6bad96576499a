-- Who is covered and who is not, what the directory knows of its councils, and which council took the place of which.

-- Which reference -------------------------------------------------------------------------------------------------------------------------

-- A number of inhabitants says nothing without its year.
alter table directory.reference_state
    add vintage integer,
    add population_year integer;

update directory.reference_state set vintage = 2026, population_year = 2023 where version = 1;

create or replace view published.reference_state as
    select version, loaded_at, vintage, population_year from directory.reference_state;

-- Coverage --------------------------------------------------------------------------------------------------------------------------------

-- Each current commune with its state today: covered whole by a council that exists, covered in part, only planned to be (project,
-- prefiguration), or uncovered. Closed and merged councils are not in published.coverage. The four populations add up to the commune's: where
-- municipal arrondissements are covered, it is known whose inhabitants are; of any other part nobody knows how many live in it.
create view published.commune_coverage as
    with said as (
        select v.commune_code as code,
               bool_or(v.extent = 'whole' and not v.is_planned) as is_whole,
               bool_or(not v.is_planned) as is_part,
               bool_or(not v.is_planned and not v.is_of_arrondissement) as is_part_beyond,
               bool_or(v.is_planned) as is_planned,
               bool_or(v.is_planned and not v.is_of_arrondissement) as is_planned_beyond
        from (select v.commune_code, v.extent, v.council_status in ('project', 'prefiguration') as is_planned,
                     v.extent = 'part' and a.code is not null as is_of_arrondissement
              from published.coverage v
              left join directory.reference_commune a on a.code = v.through_code and a.type = 'municipal-arrondissement') v
        group by 1
    ), arrondissement as (
        select a.parent_code, a.population,
               case when commune.is_whole or own.is_whole then 'covered'
                    when commune.is_part_beyond or own.is_part then 'partly-covered'
                    when commune.is_planned_beyond or own.is_planned then 'prefiguration'
                    else 'uncovered' end as state
        from directory.reference_commune a
        left join said own on own.code = a.code
        left join said commune on commune.code = a.parent_code
        where a.type = 'municipal-arrondissement'
    ), city as (
        select parent_code, bool_and(state = 'covered') as is_whole,
               sum(population) filter (where state = 'covered') as covered,
               sum(population) filter (where state = 'partly-covered') as partly_covered,
               sum(population) filter (where state = 'prefiguration') as prefiguration,
               sum(population) filter (where state = 'uncovered') as uncovered
        from arrondissement group by 1
    ), commune as (
        select c.code, c.name, c.department_code, c.region_code, c.epci_siren, coalesce(c.population, 0) as population, c.population is null as is_unknown,
               case when said.is_whole or city.is_whole then 'covered'
                    when said.is_part then 'partly-covered'
                    when said.is_planned then 'prefiguration'
                    else 'uncovered' end as state,
               city.parent_code is not null as is_city, city.covered, city.partly_covered, city.prefiguration, city.uncovered
        from directory.reference_commune c
        left join said on said.code = c.code
        left join city on city.parent_code = c.code
        where c.type = 'commune'
    )
    select code, name, department_code, region_code, epci_siren, case when not is_unknown then population end as population, state,
           coalesce(case when is_city then covered when state = 'covered' then population end, 0) as population_covered,
           coalesce(case when is_city then partly_covered when state = 'partly-covered' then population end, 0) as population_partly_covered,
           coalesce(case when is_city then prefiguration when state = 'prefiguration' then population end, 0) as population_prefiguration,
           coalesce(case when is_city then uncovered when state = 'uncovered' then population end, 0) as population_uncovered
    from commune;

-- Succession ------------------------------------------------------------------------------------------------------------------------------

-- Which council came after which, as either of the two says it. By code: of two councils that name each other, one is written first.
create table directory.succession (
    council_id uuid not null constraint succession_council references directory.council (id) on delete cascade,
    earlier text not null,
    later text not null,
    constraint succession_pkey primary key (council_id, earlier, later)
);

create index succession_earlier on directory.succession (earlier, later);

alter table directory.succession enable row level security;
alter table directory.succession force row level security;
create policy tenant on directory.succession
    using (council_id = nullif(current_setting('clsm.council', true), '')::uuid)
    with check (council_id = nullif(current_setting('clsm.council', true), '')::uuid);

create function directory.keep_succession() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'UPDATE'
       and (new.code, new.statement -> 'successors', new.statement -> 'predecessors')
           is not distinct from (old.code, old.statement -> 'successors', old.statement -> 'predecessors')
       or tg_op = 'INSERT' and not new.statement ?| array['successors', 'predecessors'] then
        return null;
    end if;

    -- One after the other: of two councils that merge into each other at once, the second sees the first.
    perform pg_advisory_xact_lock(hashtextextended('directory.succession', 0));
    delete from succession s where s.council_id = new.id;
    insert into succession (council_id, earlier, later)
    select new.id, new.code, c from jsonb_array_elements_text(new.statement -> 'successors') c
    union
    select new.id, c, new.code from jsonb_array_elements_text(new.statement -> 'predecessors') c;

    if exists (
        with recursive after as (
            select s.later as code from succession s join council_code own on own.code = s.earlier where own.council_id = new.id
            union
            -- Under whatever code the council was named.
            select s.later
            from after a
            left join council_code named on named.code = a.code
            left join council_code other on other.council_id = named.council_id
            join succession s on s.earlier = coalesce(other.code, a.code)
        )
        select from after a join council_code k on k.code = a.code where k.council_id = new.id) then
        raise exception 'the succession of % leads back to it', new.code
            using errcode = 'check_violation', schema = 'directory', table = 'succession', constraint = 'succession_no_loop';
    end if;
    return null;
end
$$;

create trigger council_7_succession after insert or update of statement, code on directory.council
    for each row execute function directory.keep_succession();

create view published.succession as select s.council_id, s.earlier, s.later from directory.succession s;

-- What is known ---------------------------------------------------------------------------------------------------------------------------

-- How sure the directory is of each thing that a sheet can state, for each council: the closest pointer of its evidence decides. `unsaid`: something
-- is there, and nothing says where from.
create view published.council_evidence as
    select c.id as council_id, f.field,
           case when not f.is_there then case when f.said = 'none' then 'none' else 'not-stated' end
                when f.said in ('stated', 'inferred', 'mentioned') then f.said
                else 'unsaid' end as state
    from directory.council c
    cross join lateral jsonb_to_record(c.statement) as m (
        name jsonb, status jsonb, aliases jsonb, territory jsonb, foundation jsonb, objectives jsonb, participation jsonb, means jsonb, posts jsonb,
        coordination jsonb, frameworks jsonb, website jsonb, themes jsonb, "statusHistory" jsonb, evidence jsonb)
    cross join lateral (values
        ('name', '/name', m.name is not null, null), ('status', '/status', m.status is not null, null), ('statusHistory', '/statusHistory', m."statusHistory" is not null, null),
        ('aliases', '/aliases', m.aliases is not null, null), ('territory', '/territory', m.territory is not null, null), ('foundation', '/foundation', m.foundation is not null, null),
        ('foundation.date', '/foundation/date', coalesce(m.foundation ? 'date', false), '/foundation'), ('foundation.founders', '/foundation/founders', coalesce(m.foundation ? 'founders', false), '/foundation'),
        ('objectives', '/objectives', m.objectives is not null, null), ('themes', '/themes', m.themes is not null, null), ('participation', '/participation', m.participation is not null, null),
        ('means', '/means', m.means is not null, null), ('posts', '/posts', m.posts is not null, null), ('coordination', '/coordination', m.coordination is not null, null),
        ('frameworks', '/frameworks', m.frameworks is not null, null), ('website', '/website', m.website is not null, null),
        ('governanceBodies', '/governanceBodies', exists (select from directory.governance_body p where p.council_id = c.id), null),
        ('workingGroups', '/workingGroups', exists (select from directory.working_group p where p.council_id = c.id), null),
        ('organisations', '/organisations', exists (select from directory.organisation p where p.council_id = c.id), null),
        ('contacts', '/contacts', exists (select from directory.contact p where p.council_id = c.id and p.visibility = 'public'), null),
        ('events', '/events', exists (select from directory.event p where p.council_id = c.id), null)) v (field, pointer, is_there, parent)
    cross join lateral (
        select v.field, v.is_there,
               coalesce(m.evidence -> v.pointer ->> 'state', m.evidence -> v.parent ->> 'state', m.evidence -> '' ->> 'state') as said) f;

-- The criteria of quality, as the quality of one council says them; a test compares the two. As the public sees the council.
create view published.council_quality as
    select c.id as council_id, v.criterion, coalesce(v.is_met, false) as is_met
    from directory.council c
    cross join lateral jsonb_to_record(c.statement) as m (
        territory jsonb, foundation jsonb, participation jsonb, posts jsonb, coordination jsonb, website jsonb, sources jsonb)
    cross join lateral (
        select bool_or(p.type = 'steering-committee') as has_steering,
               bool_or(jsonb_path_exists(p.statement, '$.posts[*] ? (@.function == "chair" || @.function == "co-chair")')) as has_chair,
               coalesce(jsonb_agg(jsonb_path_query_array(p.statement, '$.composition[*].category')), '[]') as categories
        from directory.governance_body p where p.council_id = c.id) bodies
    cross join lateral (
        select bool_or(p.roles @> array['carrier']) as has_carrier, coalesce(array_agg(distinct p.category) filter (where p.category is not null), '{}') as categories
        from directory.organisation p where p.council_id = c.id) organisations
    cross join lateral (
        select bool_or(p.statement ?| array['phones', 'emails']) as is_reachable, bool_or(p.function = 'coordinator') as has_coordinator
        from directory.contact p where p.council_id = c.id and p.visibility = 'public') contacts
    cross join lateral (
        select max(coalesce(source ->> 'updatedOn', source ->> 'retrievedOn')) as day from jsonb_array_elements(m.sources) source) latest
    cross join lateral (
        select organisations.categories
               || array(select x #>> '{}' from jsonb_path_query(m.participation, '$.categories[*].category') x)
               || array(select x #>> '{}' from jsonb_path_query(bodies.categories, '$[*][*]') x) as categories) present
    cross join lateral (values
        ('known-status', c.status <> 'unknown'),
        ('reachable-contact', contacts.is_reachable),
        ('carrier', coalesce(organisations.has_carrier, false) or coalesce(m.coordination ? 'organisation', false)),
        ('coordination', m.coordination is not null or contacts.has_coordinator),
        ('territory-resolved', jsonb_path_exists(m.territory, '$.parts[*].code')),
        ('presidency', coalesce(jsonb_path_exists(m.posts, '$[*] ? (@.function == "chair" || @.function == "co-chair")'), false) or bodies.has_chair),
        ('steering-body', bodies.has_steering),
        ('foundation', m.foundation ? 'date'),
        ('website', m.website is not null),
        ('recent-source', latest.day::date > (now() at time zone 'utc')::date - interval '2 years'),
        ('framework-member-groups',
            present.categories && array['elected-officials', 'municipalities'] and present.categories && array['public-psychiatry', 'health-establishments']
            and present.categories && array['users-and-patients', 'user-associations'] and present.categories && array['carers-and-families', 'user-associations']
            and (m.coordination is not null or coalesce(contacts.has_coordinator, false)))) v (criterion, is_met);

-- The départements and regions in which a council covers something today, whatever its status.
create view published.council_place as
    select distinct p.council_id, d.code as department_code, d.region_code
    from directory.covered_place p join directory.reference_department d on d.code = p.code
    where p.kind = 'department' and p.days @> current_date;

-- Organisations across councils -----------------------------------------------------------------------------------------------------------

-- A name without accents, case and punctuation: what two spellings of one name have in common.
alter table directory.organisation
    add name_key text collate "C" not null generated always as (left(btrim(directory.plain_text(statement ->> 'name')), 300)) stored;

create index organisation_name_key on directory.organisation (name_key, council_id) where name_key <> '';

create view published.organisation_name as select o.council_id, o.id, o.name_key from directory.organisation o where o.name_key <> '';

-- Where an organisation is named in its council. A contact that is not public does not show it.
create view published.organisation_seat as
    select r.council_id, r.organisation_id, r.referrer_type as type, r.referrer_id as id,
           coalesce(c.name, b.name, g.name, p.name, e.name) as name
    from directory.organisation_reference r
    left join directory.council c on r.referrer_type = 'council' and c.id = r.referrer_id
    left join directory.governance_body b on r.referrer_type = 'governance-body' and (b.council_id, b.id) = (r.council_id, r.referrer_id)
    left join directory.working_group g on r.referrer_type = 'working-group' and (g.council_id, g.id) = (r.council_id, r.referrer_id)
    left join directory.contact p on r.referrer_type = 'contact' and (p.council_id, p.id) = (r.council_id, r.referrer_id)
    left join directory.event e on r.referrer_type = 'event' and (e.council_id, e.id) = (r.council_id, r.referrer_id)
    where r.referrer_type <> 'contact' or p.visibility = 'public';

-- Rights ----------------------------------------------------------------------------------------------------------------------------------

grant select on directory.succession to clsm_service, clsm_publisher, clsm_recorder;
grant insert, delete on directory.succession to clsm_recorder;

grant create on schema directory to clsm_recorder;
alter function directory.keep_succession() owner to clsm_recorder;
revoke create on schema directory from clsm_recorder;

grant create on schema published to clsm_publisher;
do $$
declare
    published_view text;
begin
    foreach published_view in array array['commune_coverage', 'succession', 'council_evidence', 'council_quality', 'council_place', 'organisation_name', 'organisation_seat'] loop
        execute format('alter view published.%I owner to clsm_publisher', published_view);
        execute format('grant select on published.%I to clsm_reader, clsm_service', published_view);
    end loop;
end
$$;
revoke create on schema published from clsm_publisher;

-- Councils that are there already; by a function, since only the role that keeps this sees every council.
create function directory.derive_succession() returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    insert into succession (council_id, earlier, later)
    select c.id, c.code, s from council c, jsonb_array_elements_text(c.statement -> 'successors') s
    union
    select c.id, p, c.code from council c, jsonb_array_elements_text(c.statement -> 'predecessors') p
$$;
grant create on schema directory to clsm_recorder;
alter function directory.derive_succession() owner to clsm_recorder;
revoke create on schema directory from clsm_recorder;
select directory.derive_succession();
drop function directory.derive_succession();
