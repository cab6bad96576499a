-- What the public may read: every view of the schema "published". This is the boundary that protects personal data, so that every view is written
-- out here. The roles that serve public requests can read these views and no table (90_rights.sql).
--
-- Two conditions keep a row from the public:
--   visibility = 'public'      a contact that is restricted to partners or to its council
--   directory.is_visible(...)    the sandbox, unless the request names it

-- Councils and their parts ----------------------------------------------------------------------------------------------------------------

create view published.council as
    select v.* from (
    select c.id, c.code, c.statement, c.name, c.kind, c.status, c.themes, c.version, c.created_at, c.updated_at, c.words
    from directory.council c) v
    where directory.is_visible(v.id);

-- Codes are how the sandbox is named: they do not hide it.
create view published.council_code as
    select k.code, k.council_id, k.since from directory.council_code k;

create view published.governance_body as
    select v.* from (
    select b.council_id, b.id, b.natural_key, b.statement, b.name, b.type, b.openness, b.version, b.created_at, b.updated_at, c.code as council_code,
           b.words, b.missing
    from directory.governance_body b left join directory.council c on c.id = b.council_id) v
    where directory.is_visible(v.council_id);

create view published.working_group as
    select v.* from (
    select g.council_id, g.id, g.natural_key, g.statement, g.name, g.kind, g.status, g.themes, g.version, g.created_at, g.updated_at, c.code as council_code,
           g.words, g.missing
    from directory.working_group g left join directory.council c on c.id = g.council_id) v
    where directory.is_visible(v.council_id);

create view published.organisation as
    select v.* from (
    select o.council_id, o.id, o.natural_key, o.statement, o.name, o.category, o.roles, o.siren, o.siret, o.finess, o.rna,
           o.version, o.created_at, o.updated_at, c.code as council_code, o.words, o.missing
    from directory.organisation o left join directory.council c on c.id = o.council_id) v
    where directory.is_visible(v.council_id);

create view published.contact as
    select v.* from (
    select p.council_id, p.id, p.natural_key, p.statement, p.name, p.function, p.visibility, p.version, p.created_at, p.updated_at, c.code as council_code,
           p.words, p.missing
    from directory.contact p left join directory.council c on c.id = p.council_id
    where p.visibility = 'public') v
    where directory.is_visible(v.council_id);

create view published.event as
    select v.* from (
    select e.council_id, e.id, e.natural_key, e.statement, e.name, e.kind, e.themes, e.version, e.created_at, e.updated_at, c.code as council_code,
           e.words, e.missing
    from directory.event e left join directory.council c on c.id = e.council_id) v
    where directory.is_visible(v.council_id);

-- Organisations across councils.
create view published.organisation_name as
    select v.* from (
    select o.council_id, o.id, o.name_key from directory.organisation o where o.name_key <> '') v
    where directory.is_visible(v.council_id);

-- Where an organisation is named in its council. A contact that is not public does not show it.
create view published.organisation_seat as
    select v.* from (
    select r.council_id, r.organisation_id, r.referrer_type as type, r.referrer_id as id,
           coalesce(c.name, b.name, g.name, p.name, e.name) as name
    from directory.organisation_reference r
    left join directory.council c on r.referrer_type = 'council' and c.id = r.referrer_id
    left join directory.governance_body b on r.referrer_type = 'governance-body' and (b.council_id, b.id) = (r.council_id, r.referrer_id)
    left join directory.working_group g on r.referrer_type = 'working-group' and (g.council_id, g.id) = (r.council_id, r.referrer_id)
    left join directory.contact p on r.referrer_type = 'contact' and (p.council_id, p.id) = (r.council_id, r.referrer_id)
    left join directory.event e on r.referrer_type = 'event' and (e.council_id, e.id) = (r.council_id, r.referrer_id)
    where r.referrer_type <> 'contact' or p.visibility = 'public') v
    where directory.is_visible(v.council_id);

-- The change log --------------------------------------------------------------------------------------------------------------------------

-- One sequence for all, so that a cursor goes with any filter. For readers who do not ask for the sandbox the log ends with the last change of
-- anything else: nothing that is written in the sandbox makes another answer look new.
create view published.change_head as
    select h.only_row,
           case when directory.is_visible(directory.sandbox()) then h.cursor else coalesce(n.cursor, 0) end as cursor,
           case when directory.is_visible(directory.sandbox()) then h.at else coalesce(n.at, h.at) end as at,
           h.log,
           h.cursor as last_cursor
    from directory.change_head h
    left join lateral (
        select x.cursor, x.at from directory.change x
        where x.council_id <> '00000000-0000-7000-8000-000000000000'::uuid
        order by x.cursor desc limit 1) n on true;

-- For the public, what becomes public is created, and what no longer is was removed; what never was public does not appear.
create view published.change as
    select v.* from (
    select x.cursor, x.at, x.council_id, x.council_code, x.type, x.id, x.version,
           case when not x.public_before then 'created' when not x.public_after then 'removed' else x.operation end as operation,
           x.reason, x.successors, x.moved
    from directory.change x
    where x.public_before or x.public_after) v
    where directory.is_visible(v.council_id);

create view published.change_region as
    select r.region_code, r.cursor, r.type, r.unless_in from directory.change_region r;

-- What the public could once see and no longer can.
create view published.removal as
    select v.* from (
    select x.cursor, x.council_id, x.council_code, x.type, x.id, x.at, x.reason
    from directory.change x
    where x.operation = 'removed' and x.public_before and not x.moved) v
    where directory.is_visible(v.council_id);

-- The territorial reference ---------------------------------------------------------------------------------------------------------------

create view published.reference_region as select code, name, health_agency from directory.reference_region;

create view published.reference_department as select code, name, region_code from directory.reference_department;

create view published.reference_epci as select siren, name, type from directory.reference_epci;

create view published.reference_commune as
    select code, type, name, plain_name, words, parent_code, department_code, region_code, epci_siren, postcodes, population,
           latitude, longitude, position_source
    from directory.reference_commune;

create view published.reference_state as
    select version, loaded_at, vintage, population_year from directory.reference_state;

-- Where councils are ----------------------------------------------------------------------------------------------------------------------

-- What councils cover today. A council that has closed or merged covers nothing any more.
create view published.coverage as
    select v.* from (
    select v.council_id, v.commune_code, v.extent, v.through_type, v.through_code, v.first_day, v.last_day,
           c.code as council_code, c.name as council_name, c.status as council_status
    from directory.coverage v join directory.council c on c.id = v.council_id
    where c.status not in ('closed', 'merged')
      and (v.first_day is null or v.first_day <= current_date)
      and (v.last_day is null or v.last_day >= current_date)) v
    where directory.is_visible(v.council_id);

-- A council belongs to its regions whenever it covers something there: a copy of a region that follows the change log, where no day passes
-- by itself, then holds what the lists of the region show.
create view published.covered_place as
    select v.* from (
    select p.council_id, p.kind, p.code from directory.covered_place p where p.kind = 'region' or p.days @> current_date) v
    where directory.is_visible(v.council_id);

-- The départements and regions in which a council covers something today, whatever its status.
create view published.council_place as
    select v.* from (
    select distinct p.council_id, d.code as department_code, d.region_code
    from directory.covered_place p join directory.reference_department d on d.code = p.code
    where p.kind = 'department' and p.days @> current_date) v
    where directory.is_visible(v.council_id);

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

-- What is said about councils -------------------------------------------------------------------------------------------------------------

create view published.facet as
    select v.* from (
    select f.council_id, f.name, f.value from directory.facet f) v
    where directory.is_visible(v.council_id);

create view published.succession as
    select v.* from (
    select s.council_id, s.earlier, s.later from directory.succession s) v
    where directory.is_visible(v.council_id);

-- Search ----------------------------------------------------------------------------------------------------------------------------------

create view published.search_entry as
    select v.* from (
    select e.council_id, e.type, e.id, e.names, e.places, e.regions, e.vector from directory.search_entry e) v
    where directory.is_visible(v.council_id);

create view published.searched as
    select v.* from (
    select s.council_id, s.type, s.id, s.statement from directory.searched s) v
    where directory.is_visible(v.council_id);

-- Functions that read these views ---------------------------------------------------------------------------------------------------------
-- They run with the rights of their caller and show no more than the views do.

-- Words of names and places that are spelt like a word that no entry has. Its setting belongs to the extension, and is known once a function
-- of the extension has been called in the session.
select public.similarity('', '');
create function published.search_similar(sought text) returns table (word text)
    language sql stable parallel safe set search_path = pg_catalog, public set pg_trgm.strict_word_similarity_threshold = 0.3
as $$
    select w from (
        select distinct w from (
            (select e.names as line from published.search_entry e where e.names %>> sought limit 2000)
            union all
            (select e.places from published.search_entry e where e.places %>> sought and e.type = 'council' limit 2000)) found,
            regexp_split_to_table(found.line, '\s+') w) candidate
    where similarity(w, sought) >= 0.2
    order by similarity(w, sought) desc, w
    limit 50
$$;

-- The parts of a council that are asked for with it (`expand`), as members of its document.
create function published.parts_of(the_council uuid, members text[]) returns text
    language sql stable parallel safe set search_path = pg_catalog, published
as $$
    select jsonb_object_agg(p.member, p.parts)::text
    from (
        select member, jsonb_agg(statement || jsonb_build_object('id', id, 'version', version, 'createdAt', created_at, 'updatedAt', updated_at) order by created_at, id) as parts
        from (select 'governanceBodies' as member, id, version, created_at, updated_at, statement from governance_body where council_id = the_council and 'governanceBodies' = any (members)
              union all select 'workingGroups', id, version, created_at, updated_at, statement from working_group where council_id = the_council and 'workingGroups' = any (members)
              union all select 'organisations', id, version, created_at, updated_at, statement from organisation where council_id = the_council and 'organisations' = any (members)
              union all select 'contacts', id, version, created_at, updated_at, statement from contact where council_id = the_council and 'contacts' = any (members)
              union all select 'events', id, version, created_at, updated_at, statement from event where council_id = the_council and 'events' = any (members)) part
        group by member) p
$$;

-- What exports ask of a council, one council at a time, so that a statement of any length streams. An export of everything
-- goes along an index and does without sorting; the few rows of one council are sorted all the same.

-- Where a council is, by the communes that it covers today; null where it covers none.
create function published.place_of(the_council uuid) returns jsonb
    language sql stable parallel safe set enable_sort = on
as $$
    with covered as materialized (
        select m.code, m.epci_siren, m.department_code, m.region_code, m.population, m.latitude, m.longitude, bool_or(v.extent = 'whole') as is_whole
        from published.coverage v
        join published.reference_commune m on m.code = v.commune_code and m.type in ('commune', 'municipal-arrondissement')
        where v.council_id = the_council
        group by m.code, m.type, m.epci_siren, m.department_code, m.region_code, m.population, m.latitude, m.longitude
    ), centre as (
        select latitude, longitude from covered where latitude is not null order by population desc nulls last, code limit 1
    )
    select jsonb_build_object(
        'communes', jsonb_agg(c.code order by c.code) filter (where c.is_whole),
        'partlyCovered', jsonb_agg(c.code order by c.code) filter (where not c.is_whole),
        'epci', jsonb_agg(distinct c.epci_siren) filter (where c.epci_siren is not null),
        'departments', jsonb_agg(distinct c.department_code),
        'regions', jsonb_agg(distinct c.region_code),
        'population', sum(c.population) filter (where c.is_whole),
        'latitude', (select latitude from centre),
        'longitude', (select longitude from centre))
    from covered c
    having count(*) > 0
$$;

-- A council with all its public parts, in the order of its document.
create function published.document_of(the_council uuid) returns jsonb
    language sql stable parallel safe set enable_sort = on
as $$
    select jsonb_agg(
        jsonb_build_object('type', p.type, 'id', p.id, 'version', p.version, 'createdAt', p.created_at, 'updatedAt', p.updated_at, 'statement', p.statement)
        order by p.created_at, p.id)
    from (
        select 'council' as type, id, version, created_at, updated_at, statement from published.council where id = the_council
        union all
        select 'governance-body', id, version, created_at, updated_at, statement from published.governance_body where council_id = the_council
        union all
        select 'working-group', id, version, created_at, updated_at, statement from published.working_group where council_id = the_council
        union all
        select 'organisation', id, version, created_at, updated_at, statement from published.organisation where council_id = the_council
        union all
        select 'contact', id, version, created_at, updated_at, statement from published.contact where council_id = the_council
        union all
        select 'event', id, version, created_at, updated_at, statement from published.event where council_id = the_council) p
$$;
