-- What the public may read: every view of the schema "published". This file is the boundary that protects personal data: public requests
-- can read these views and no table (90_rights.sql).
--
-- Two conditions keep a row from the public. Every view spells out those that it needs:
--   visibility = 'public'       leaves out contacts that are for partners or for the council alone
--   directory.is_visible(...)   leaves out the sandbox, unless the request names it
--
-- Where a view needs neither, a comment says why.

-- Councils and their parts --------------------------------------------------------------------------------------------------------

create view published.council as
    select c.id, c.code, c.statement, c.name, c.kind, c.status, c.themes, c.version, c.created_at, c.updated_at,
           c.words
    from directory.council c
    where directory.is_visible(c.id);

-- Shows the code of the sandbox too: a request names the sandbox by its code.
create view published.council_code as
    select k.code, k.council_id, k.since
    from directory.council_code k;

create view published.governance_body as
    select b.council_id, b.id, b.natural_key, b.statement, b.name, b.type, b.openness, b.version, b.created_at, b.updated_at,
           c.code as council_code, b.words, b.missing
    from directory.governance_body b
    left join directory.council c on c.id = b.council_id
    where directory.is_visible(b.council_id);

create view published.working_group as
    select g.council_id, g.id, g.natural_key, g.statement, g.name, g.kind, g.status, g.themes, g.version, g.created_at, g.updated_at,
           c.code as council_code, g.words, g.missing
    from directory.working_group g
    left join directory.council c on c.id = g.council_id
    where directory.is_visible(g.council_id);

create view published.organisation as
    select o.council_id, o.id, o.natural_key, o.statement, o.name, o.category, o.roles, o.siren, o.siret, o.finess, o.rna,
           o.version, o.created_at, o.updated_at, c.code as council_code, o.words, o.missing
    from directory.organisation o
    left join directory.council c on c.id = o.council_id
    where directory.is_visible(o.council_id);

create view published.contact as
    select p.council_id, p.id, p.natural_key, p.statement, p.name, p.function, p.visibility, p.version, p.created_at, p.updated_at,
           c.code as council_code, p.words, p.missing
    from directory.contact p
    left join directory.council c on c.id = p.council_id
    where p.visibility = 'public' and directory.is_visible(p.council_id);

create view published.event as
    select e.council_id, e.id, e.natural_key, e.statement, e.name, e.kind, e.themes, e.version, e.created_at, e.updated_at,
           c.code as council_code, e.words, e.missing
    from directory.event e
    left join directory.council c on c.id = e.council_id
    where directory.is_visible(e.council_id);

-- A kind of part that is added later is published in the form of the five above: every column, and both conditions.
create function directory.publish_part(kind text) returns void
    language plpgsql set search_path = pg_catalog
as $$
begin
    execute format(
        'create view published.%1$I as
             select %2$s, c.code as council_code, p.words, p.missing
             from directory.%1$I p
             left join directory.council c on c.id = p.council_id
             where %3$s and directory.is_visible(p.council_id)',
        kind,
        (select string_agg(format('p.%I', a.attname), ', ' order by a.attnum)
         from pg_attribute a
         where a.attrelid = format('directory.%I', kind)::regclass and a.attnum > 0 and a.attname not in ('words', 'missing')),
        directory.visibility_condition(kind));
end
$$;

-- A council and its public parts, one row each: what documents, exports and search read. It reads the views above, which hold back what is
-- not public, and so needs no condition of its own.
create view published.council_resource as
    select r.id as council_id, 'council' as type, r.id, r.version, r.created_at, r.updated_at, r.statement
    from published.council r
    union all
    select r.council_id, 'organisation', r.id, r.version, r.created_at, r.updated_at, r.statement
    from published.organisation r
    union all
    select r.council_id, 'governance-body', r.id, r.version, r.created_at, r.updated_at, r.statement
    from published.governance_body r
    union all
    select r.council_id, 'working-group', r.id, r.version, r.created_at, r.updated_at, r.statement
    from published.working_group r
    union all
    select r.council_id, 'contact', r.id, r.version, r.created_at, r.updated_at, r.statement
    from published.contact r
    union all
    select r.council_id, 'event', r.id, r.version, r.created_at, r.updated_at, r.statement
    from published.event r;

-- Writes the same view for the kinds of part that there are by then; called when a kind is added. A test holds it to the text above.
create function directory.publish_council_resource() returns void
    language plpgsql set search_path = pg_catalog
as $$
begin
    execute 'create or replace view published.council_resource as
        select r.id as council_id, ''council'' as type, r.id, r.version, r.created_at, r.updated_at, r.statement
        from published.council r'
        || (select string_agg(
                format('
        union all
        select r.council_id, %L, r.id, r.version, r.created_at, r.updated_at, r.statement
        from published.%I r',
                    replace(kind, '_', '-'), kind),
                '' order by place)
            from directory.part_tables() with ordinality part (kind, place));
end
$$;

-- Names by which the same organisation is recognised in several councils.
create view published.organisation_name as
    select o.council_id, o.id, o.name_key
    from directory.organisation o
    where o.name_key <> '' and directory.is_visible(o.council_id);

-- Where an organisation is named in its council. A contact that is not public does not show it.
create view published.organisation_seat as
    select r.council_id, r.organisation_id, r.referrer_type as type, r.referrer_id as id,
           coalesce(c.name, b.name, g.name, p.name, e.name) as name
    from directory.organisation_reference r
    left join directory.council c on r.referrer_type = 'council' and c.id = r.referrer_id
    left join directory.governance_body b
        on r.referrer_type = 'governance-body' and (b.council_id, b.id) = (r.council_id, r.referrer_id)
    left join directory.working_group g
        on r.referrer_type = 'working-group' and (g.council_id, g.id) = (r.council_id, r.referrer_id)
    left join directory.contact p on r.referrer_type = 'contact' and (p.council_id, p.id) = (r.council_id, r.referrer_id)
    left join directory.event e on r.referrer_type = 'event' and (e.council_id, e.id) = (r.council_id, r.referrer_id)
    where (r.referrer_type <> 'contact' or p.visibility = 'public') and directory.is_visible(r.council_id);

-- The change log ------------------------------------------------------------------------------------------------------------------

-- The end of the log. There is one sequence for all changes, so that a cursor fits any filter. For readers who do not name the sandbox, the
-- log ends with the last change of anything else: what is written in the sandbox makes no other answer look new.
create view published.change_head as
    select h.only_row,
           case when directory.is_visible(directory.sandbox()) then h.cursor else coalesce(n.cursor, 0) end as cursor,
           case when directory.is_visible(directory.sandbox()) then h.at else coalesce(n.at, h.at) end as at,
           h.log,
           h.cursor as last_cursor
    from directory.change_head h
    left join lateral (
        select x.cursor, x.at
        from directory.change x
        where x.council_id <> directory.sandbox()
        order by x.cursor desc
        limit 1) n on true;

-- For the public, what becomes public is created, and what no longer is public is removed. What never was public does not appear.
create view published.change as
    select x.cursor, x.at, x.council_id, x.council_code, x.type, x.id, x.version,
           case when not x.public_before then 'created' when not x.public_after then 'removed' else x.operation end as operation,
           x.reason, x.successors, x.moved
    from directory.change x
    where (x.public_before or x.public_after) and directory.is_visible(x.council_id);

-- Cursors of public changes only, and never of the sandbox: it lies in no region (31_coverage.sql).
create view published.change_region as
    select r.region_code, r.cursor, r.type, r.unless_in
    from directory.change_region r;

-- What the public could once see and no longer can.
create view published.removal as
    select x.cursor, x.council_id, x.council_code, x.type, x.id, x.at, x.reason
    from directory.change x
    where x.operation = 'removed' and x.public_before and not x.moved and directory.is_visible(x.council_id);

-- The territorial reference: public data of the State, of no council --------------------------------------------------------------

create view published.reference_region as
    select r.code, r.name, r.health_agency
    from directory.reference_region r;

create view published.reference_department as
    select d.code, d.name, d.region_code
    from directory.reference_department d;

create view published.reference_epci as
    select e.siren, e.name, e.type
    from directory.reference_epci e;

create view published.reference_commune as
    select m.code, m.type, m.name, m.plain_name, m.words, m.parent_code, m.department_code, m.region_code, m.epci_siren, m.postcodes,
           m.population, m.latitude, m.longitude, m.position_source
    from directory.reference_commune m;

create view published.reference_state as
    select s.version, s.loaded_at, s.vintage, s.population_year
    from directory.reference_state s;

-- Where councils are --------------------------------------------------------------------------------------------------------------

-- What councils cover today. A council that has closed or merged covers nothing any more.
create view published.coverage as
    select v.council_id, v.commune_code, v.extent, v.through_type, v.through_code, v.first_day, v.last_day,
           c.code as council_code, c.name as council_name, c.status as council_status
    from directory.coverage v
    join directory.council c on c.id = v.council_id
    where c.status not in ('closed', 'merged')
      and (v.first_day is null or v.first_day <= current_date)
      and (v.last_day is null or v.last_day >= current_date)
      and directory.is_visible(v.council_id);

-- The places in which a council covers something today; of regions, those in which it ever does. A copy of a region that follows the change
-- log, where no day passes by itself, then holds what the lists of the region show.
create view published.covered_place as
    select p.council_id, p.kind, p.code
    from directory.covered_place p
    where (p.kind = 'region' or p.days @> current_date) and directory.is_visible(p.council_id);

-- The départements and regions in which a council covers something today, whatever its status.
create view published.council_place as
    select distinct p.council_id, d.code as department_code, d.region_code
    from directory.covered_place p
    join directory.reference_department d on d.code = p.code
    where p.kind = 'department' and p.days @> current_date and directory.is_visible(p.council_id);

-- Each current commune with its state today: covered whole by a council that exists, covered in part, only planned to be (project,
-- prefiguration), or uncovered. It reads published.coverage, which leaves out the sandbox and councils that closed or merged. The four
-- populations add up to that of the commune. Where municipal arrondissements are covered, it is known how many people live in them; of any
-- other part of a commune nobody knows how many live in it.
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
        select c.code, c.name, c.department_code, c.region_code, c.epci_siren,
               coalesce(c.population, 0) as population, c.population is null as is_unknown,
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
           coalesce(case when is_city then partly_covered when state = 'partly-covered' then population end, 0)
               as population_partly_covered,
           coalesce(case when is_city then prefiguration when state = 'prefiguration' then population end, 0)
               as population_prefiguration,
           coalesce(case when is_city then uncovered when state = 'uncovered' then population end, 0) as population_uncovered
    from commune;

-- What is said about councils -----------------------------------------------------------------------------------------------------

create view published.facet as
    select f.council_id, f.name, f.value
    from directory.facet f
    where directory.is_visible(f.council_id);

create view published.succession as
    select s.council_id, s.earlier, s.later
    from directory.succession s
    where directory.is_visible(s.council_id);

-- What is known of councils -------------------------------------------------------------------------------------------------------
-- These two views show codes of fields and of criteria, and no value. They count only what the public may see of a council.

-- How sure the directory is of each thing that a sheet can state: the evidence with the closest pointer decides. `unsaid` means that
-- something is there, and nothing says where from.
create view published.council_evidence as
    select c.id as council_id, f.field,
           case when not f.is_there then case when f.said = 'none' then 'none' else 'not-stated' end
                when f.said in ('stated', 'inferred', 'mentioned') then f.said
                else 'unsaid' end as state
    from directory.council c
    cross join lateral jsonb_to_record(c.statement) as m (
        name jsonb, status jsonb, aliases jsonb, territory jsonb, foundation jsonb, objectives jsonb, participation jsonb, means jsonb,
        posts jsonb, coordination jsonb, frameworks jsonb, website jsonb, themes jsonb, "statusHistory" jsonb, evidence jsonb)
    cross join lateral (values
        ('name', '/name', m.name is not null, null),
        ('status', '/status', m.status is not null, null),
        ('statusHistory', '/statusHistory', m."statusHistory" is not null, null),
        ('aliases', '/aliases', m.aliases is not null, null),
        ('territory', '/territory', m.territory is not null, null),
        ('foundation', '/foundation', m.foundation is not null, null),
        ('foundation.date', '/foundation/date', coalesce(m.foundation ? 'date', false), '/foundation'),
        ('foundation.founders', '/foundation/founders', coalesce(m.foundation ? 'founders', false), '/foundation'),
        ('objectives', '/objectives', m.objectives is not null, null),
        ('themes', '/themes', m.themes is not null, null),
        ('participation', '/participation', m.participation is not null, null),
        ('means', '/means', m.means is not null, null),
        ('posts', '/posts', m.posts is not null, null),
        ('coordination', '/coordination', m.coordination is not null, null),
        ('frameworks', '/frameworks', m.frameworks is not null, null),
        ('website', '/website', m.website is not null, null),
        ('governanceBodies', '/governanceBodies', exists (select from directory.governance_body p where p.council_id = c.id), null),
        ('workingGroups', '/workingGroups', exists (select from directory.working_group p where p.council_id = c.id), null),
        ('organisations', '/organisations', exists (select from directory.organisation p where p.council_id = c.id), null),
        ('contacts', '/contacts', exists (select from directory.contact p where p.council_id = c.id and p.visibility = 'public'), null),
        ('events', '/events', exists (select from directory.event p where p.council_id = c.id), null)) v (field, pointer, is_there, parent)
    cross join lateral (
        select v.field, v.is_there,
               coalesce(m.evidence -> v.pointer ->> 'state', m.evidence -> v.parent ->> 'state', m.evidence -> '' ->> 'state') as said) f
    where directory.is_visible(c.id);

-- Whether a council meets each criterion of quality. `QualityCriteria` in C# explains the same criteria for one council; a test compares
-- the two.
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
        select bool_or(p.roles @> array['carrier']) as has_carrier,
               coalesce(array_agg(distinct p.category) filter (where p.category is not null), '{}') as categories
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
        ('presidency',
            coalesce(jsonb_path_exists(m.posts, '$[*] ? (@.function == "chair" || @.function == "co-chair")'), false) or bodies.has_chair),
        ('steering-body', bodies.has_steering),
        ('foundation', m.foundation ? 'date'),
        ('website', m.website is not null),
        ('recent-source', latest.day::date > (now() at time zone 'utc')::date - interval '2 years'),
        ('framework-member-groups',
            present.categories && array['elected-officials', 'municipalities']
            and present.categories && array['public-psychiatry', 'health-establishments']
            and present.categories && array['users-and-patients', 'user-associations']
            and present.categories && array['carers-and-families', 'user-associations']
            and (m.coordination is not null or coalesce(contacts.has_coordinator, false)))) v (criterion, is_met)
    where directory.is_visible(c.id);

-- Search --------------------------------------------------------------------------------------------------------------------------

-- Contacts that are not public have no entry (41_search.sql).
create view published.search_entry as
    select e.council_id, e.type, e.id, e.names, e.places, e.regions, e.vector
    from directory.search_entry e
    where directory.is_visible(e.council_id);

-- Functions that read these views -------------------------------------------------------------------------------------------------
-- They run with the rights of their caller and show no more than the views do.

-- Words of names and places that are spelt like a word that no entry has. Its setting belongs to the extension pg_trgm: PostgreSQL accepts
-- it once a function of the extension was called in the session.
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

-- A council and its public parts of the given types, in the order in which they were made, as one JSON array: for queries on many councils,
-- so that each council stays one row. An export calls it for one council at a time, so that documents of any length stream. Exports read
-- along an index with sorting disabled; the few rows of one council may be sorted.
create function published.resources_of(the_council uuid, types text[]) returns jsonb
    language sql stable parallel safe set enable_sort = on
as $$
    select jsonb_agg(
        jsonb_build_object(
            'type', r.type, 'id', r.id, 'version', r.version, 'createdAt', r.created_at, 'updatedAt', r.updated_at,
            'statement', r.statement)
        order by r.created_at, r.id)
    from published.council_resource r
    where r.council_id = the_council and r.type = any (types)
$$;

-- Where a council is, by the communes that it covers today; null where it covers none. For exports, as above.
create function published.place_of(the_council uuid) returns jsonb
    language sql stable parallel safe set enable_sort = on
as $$
    with covered as materialized (
        select m.code, m.epci_siren, m.department_code, m.region_code, m.population, m.latitude, m.longitude,
               bool_or(v.extent = 'whole') as is_whole
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
