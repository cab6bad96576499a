-- What the national collections are filtered by: the places that councils cover, what is said about them, the words of their texts, and what
-- no source states. Everything here is derived from the statements and the territorial reference, and kept by the database.

-- Words -----------------------------------------------------------------------------------------------------------------------------------

-- Small plain letters and digits, words separated by blanks. The service makes the words of `q` in the same way.
create function directory.plain_text(stated text) returns text
    language sql immutable parallel safe
    return regexp_replace(
        lower(replace(replace(replace(replace(regexp_replace(normalize(stated, nfd), '[\u0300-\u036f]', '', 'g'), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') collate "C"),
        '[^a-z0-9]+', ' ', 'g');

-- Cut where PostgreSQL could hold no more words of one text.
create function directory.words_of(statement jsonb, variadic paths jsonpath[]) returns tsvector
    language sql immutable parallel safe
    return strip(to_tsvector('simple'::regconfig, directory.plain_text(left(
        (select string_agg(stated #>> '{}', ' ') from unnest(paths) path, jsonb_path_query(statement, path) stated), 200000))));

-- Those of the members (`foundation`, `foundation.date`) that are absent and not said to be none.
create function directory.missing_of(statement jsonb, variadic members text[]) returns text[]
    language sql immutable parallel safe
    return array(
        select member from unnest(members) member
        where statement #> string_to_array(member, '.') is null
          and 'none' is distinct from statement #>> array['evidence', '/' || replace(member, '.', '/'), 'state']
          and 'none' is distinct from statement #>> array['evidence', '/' || split_part(member, '.', 1), 'state']);

alter table directory.council
    add words tsvector generated always as (directory.words_of(
        statement, '$.name', '$.shortName', '$.aliases[*].name', '$.territory.label', '$.territory.parts[*].label', '$.purpose',
        '$.objectives[*].title', '$.objectives[*].text')) stored;

alter table directory.governance_body
    add words tsvector generated always as (directory.words_of(statement, '$.name', '$.purpose', '$.posts[*].label', '$.composition[*].label')) stored,
    add missing text[] generated always as (directory.missing_of(statement, 'purpose', 'openness', 'meetingFrequency', 'posts', 'composition')) stored;

alter table directory.working_group
    add words tsvector generated always as (directory.words_of(statement, '$.name', '$.purpose', '$.outputs[*]', '$.composition[*].label')) stored,
    add missing text[] generated always as (directory.missing_of(
        statement, 'purpose', 'openness', 'themes', 'typicalSize', 'leads', 'composition', 'outputs', 'status')) stored;

alter table directory.organisation
    add words tsvector generated always as (directory.words_of(statement, '$.name', '$.acronym', '$.address.city')) stored,
    add missing text[] generated always as (directory.missing_of(statement, 'acronym', 'category', 'identifiers', 'roles', 'website', 'address')) stored;

-- A person is not searched by name.
alter table directory.contact
    add words tsvector generated always as (directory.words_of(statement, '$.label', '$.organisation.name', '$.address.city')) stored,
    add missing text[] generated always as (directory.missing_of(statement, 'organisation', 'emails', 'phones', 'address')) stored;

alter table directory.event
    add words tsvector generated always as (directory.words_of(statement, '$.name')) stored,
    add missing text[] generated always as (directory.missing_of(statement, 'recurrence', 'from', 'to', 'themes')) stored;

create index council_words on directory.council using gin (words);
do $$
declare
    part text;
begin
    foreach part in array array['governance_body', 'working_group', 'organisation', 'contact', 'event'] loop
        execute format('create index %1$s_words on directory.%1$I using gin (words)', part);
        execute format('create index %1$s_missing on directory.%1$I using gin (missing)', part);
    end loop;
end
$$;

-- Columns -----------------------------------------------------------------------------------------------------------------------------------

-- With the ids in the index, what a filter finds is counted and joined without reading the statements.
drop index directory.council_status, directory.council_kind, directory.council_themes, directory.organisation_category, directory.governance_body_type,
    directory.governance_body_openness, directory.working_group_kind, directory.contact_function, directory.event_kind,
    directory.contact_national_name, directory.contact_national_updated;
create index council_status on directory.council (status, id);
create index council_kind on directory.council (kind, id);
create index organisation_category on directory.organisation (category, council_id, id);
create index governance_body_type on directory.governance_body (type, council_id, id);
create index governance_body_openness on directory.governance_body (openness, council_id, id);
create index working_group_kind on directory.working_group (kind, council_id, id);
create index working_group_status on directory.working_group (status, council_id, id);
create index event_kind on directory.event (kind, council_id, id);
create index contact_public on directory.contact (council_id, id) where visibility = 'public';
create index contact_function on directory.contact (function, council_id, id) where visibility = 'public';
create index contact_national_name on directory.contact (name, council_id, id) where visibility = 'public';
create index contact_national_updated on directory.contact (updated_at, council_id, id) where visibility = 'public';

-- What is said about a council --------------------------------------------------------------------------------------------------------------

create table directory.facet (
    council_id uuid not null constraint facet_council references directory.council (id) on delete cascade,
    -- What says so: the council itself, or a part of it.
    source_id uuid not null,
    word text not null constraint facet_word check (word in ('theme', 'category', 'carrier', 'identifier', 'missing')),
    value text not null,
    constraint facet_pkey primary key (council_id, source_id, word, value)
);

create index facet_value on directory.facet (word, value, council_id);

create function directory.facets_of_council(statement jsonb) returns table (word text, value text)
    language sql immutable parallel safe set search_path = pg_catalog, directory
as $$
    select 'theme', t #>> '{}' from jsonb_path_query(statement, '$.themes[*]') t
    union
    select 'category', c #>> '{}' from jsonb_path_query(statement, '$.participation.categories[*].category') c
    union
    select 'missing', m from unnest(missing_of(
        statement, 'shortName', 'audience', 'aliases', 'statusHistory', 'territory', 'territory.parts', 'foundation', 'foundation.date', 'foundation.founders',
        'purpose', 'objectives', 'principles', 'methods', 'domains', 'themes', 'participation', 'means', 'means.funders', 'posts', 'coordination',
        'coordination.organisation', 'frameworks', 'website', 'links', 'sources',
        -- Said of a council that has none of them, as far as the public sees.
        'governanceBodies', 'workingGroups', 'organisations', 'contacts', 'events')) m
$$;

create function directory.facets_of_part(statement jsonb, carries boolean) returns table (word text, value text)
    language sql immutable parallel safe set search_path = pg_catalog, directory
as $$
    select 'category', c #>> '{}' from jsonb_path_query(statement, '$.composition[*].category') c
    union
    select w, said.value
    from (select 'category', statement ->> 'category' where statement ? 'category'
          union all
          select 'identifier', i.key || ':' || i.value from jsonb_each_text(coalesce(statement -> 'identifiers', '{}')) i) said (word, value)
         cross join lateral unnest(case when carries then array[said.word, 'carrier'] else array[said.word] end) w
$$;

-- An organisation carries its council where its roles say so, and where it employs or houses the coordination.
create function directory.write_part_facets(the_council uuid, the_part uuid, statement jsonb) returns void
    language sql set search_path = pg_catalog, directory
as $$
    delete from facet f where f.council_id = the_council and f.source_id = the_part;
    insert into facet (council_id, source_id, word, value)
    select the_council, the_part, f.word, f.value
    from facets_of_part(statement,
            coalesce(statement -> 'roles' ? 'carrier', false)
            or exists (select from council c where c.id = the_council and c.statement #>> '{coordination,organisation,id}' = the_part::text)) f
$$;

create function directory.keep_part_facets() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'DELETE' then
        delete from facet f where f.council_id = old.council_id and f.source_id = old.id;
    else
        perform write_part_facets(new.council_id, new.id, new.statement);
    end if;
    return null;
end
$$;

create function directory.keep_council_facets() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'UPDATE' and new.statement is not distinct from old.statement then
        return null;
    end if;
    delete from facet f where f.council_id = new.id and f.source_id = new.id;
    insert into facet (council_id, source_id, word, value) select new.id, new.id, f.word, f.value from facets_of_council(new.statement) f;
    if tg_op = 'UPDATE' and new.statement #> '{coordination,organisation,id}' is distinct from old.statement #> '{coordination,organisation,id}' then
        perform write_part_facets(o.council_id, o.id, o.statement)
        from organisation o
        where o.council_id = new.id
          and o.id in ((new.statement #>> '{coordination,organisation,id}')::uuid, (old.statement #>> '{coordination,organisation,id}')::uuid);
    end if;
    return null;
end
$$;

-- Places ------------------------------------------------------------------------------------------------------------------------------------

-- The communes (with their arrondissements), EPCI, départements and regions in which a council covers something, whatever its status.
create table directory.covered_place (
    council_id uuid not null constraint covered_place_council references directory.council (id) on delete cascade,
    kind text not null constraint covered_place_kind check (kind in ('commune', 'epci', 'department', 'region')),
    code text not null,
    -- When it does; without a bound where the statement has none.
    days daterange not null,
    constraint covered_place_pkey primary key (council_id, kind, code, days)
);

create index covered_place_code on directory.covered_place (kind, code, council_id, days);
create index reference_commune_latitude on directory.reference_commune (latitude, code) where type in ('commune', 'municipal-arrondissement');

create function directory.places_of(councils uuid[]) returns table (council_id uuid, kind text, code text, days daterange)
    language sql stable set search_path = pg_catalog, directory
as $$
    with covered as (
        select v.council_id, v.commune_code, v.extent, daterange(v.first_day, v.last_day, '[]') as days
        from coverage v
        where v.council_id = any (councils) and (v.first_day is null or v.last_day is null or v.first_day <= v.last_day)
    )
    select v.council_id, p.kind, p.code, v.days
    from covered v
    join reference_commune m on m.code = v.commune_code and m.type in ('commune', 'municipal-arrondissement')
    cross join lateral (values ('commune', m.code), ('commune', m.parent_code), ('epci', m.epci_siren), ('department', m.department_code), ('region', m.region_code)) p (kind, code)
    where p.code is not null
    union
    select v.council_id, 'commune', a.code, v.days
    from covered v join reference_commune a on a.parent_code = v.commune_code and a.type = 'municipal-arrondissement'
    where v.extent = 'whole'
    union
    -- The number of a psychiatric sector begins with its département.
    select c.id, p.kind, p.code, daterange(s.first_day, s.last_day, '[]')
    from council c
    cross join lateral jsonb_path_query(c.statement, '$.territory.parts[*] ? (@.type == "psychiatric-sector")') part
    cross join lateral (select first_day(part #>> '{from,value}') as first_day, last_day(part #>> '{to,value}') as last_day) s
    join reference_department d on d.code = substring(part ->> 'code' from '^([0-9]{2,3}|2[AB])[A-Z][0-9]{2}$')
    cross join lateral (values ('department', d.code), ('region', d.region_code)) p (kind, code)
    where c.id = any (councils) and (s.first_day is null or s.last_day is null or s.first_day <= s.last_day)
$$;

create function directory.write_places(councils uuid[]) returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    with wanted as materialized (
        select * from places_of(councils)
    ), gone as (
        delete from covered_place p
        where p.council_id = any (councils)
          and not exists (select from wanted w where (w.council_id, w.kind, w.code, w.days) = (p.council_id, p.kind, p.code, p.days))
    )
    insert into covered_place (council_id, kind, code, days) select council_id, kind, code, days from wanted
    on conflict on constraint covered_place_pkey do nothing
$$;

create function directory.keep_places_of_coverage() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform write_places(array_agg(distinct c.council_id)) from changed c having count(*) > 0;
    return null;
end
$$;

-- Sectors are covered by no commune, so that coverage does not tell of them.
create function directory.keep_places_of_sectors() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform write_places(array[new.id]);
    return null;
end
$$;

-- A commune may change its EPCI while councils cover what they covered.
create function directory.keep_places_of_reference() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform write_places(array(select c.id from council c));
    return null;
end
$$;

create trigger council_7_facets after insert or update of statement on directory.council
    for each row execute function directory.keep_council_facets();
create trigger council_8_sectors_on_insert after insert on directory.council
    for each row when (new.statement @? '$.territory.parts[*] ? (@.type == "psychiatric-sector")') execute function directory.keep_places_of_sectors();
create trigger council_8_sectors_on_update after update of statement on directory.council
    for each row when (new.statement -> 'territory' is distinct from old.statement -> 'territory'
                       and (new.statement @? '$.territory.parts[*] ? (@.type == "psychiatric-sector")' or old.statement @? '$.territory.parts[*] ? (@.type == "psychiatric-sector")'))
    execute function directory.keep_places_of_sectors();
create trigger governance_body_7_facets after insert or update of statement or delete on directory.governance_body
    for each row execute function directory.keep_part_facets();
create trigger working_group_7_facets after insert or update of statement or delete on directory.working_group
    for each row execute function directory.keep_part_facets();
create trigger organisation_7_facets after insert or update of statement or delete on directory.organisation
    for each row execute function directory.keep_part_facets();

create trigger coverage_1_places_on_insert after insert on directory.coverage
    referencing new table as changed for each statement execute function directory.keep_places_of_coverage();
create trigger coverage_1_places_on_update after update on directory.coverage
    referencing new table as changed for each statement execute function directory.keep_places_of_coverage();
create trigger coverage_1_places_on_delete after delete on directory.coverage
    referencing old table as changed for each statement execute function directory.keep_places_of_coverage();
-- At the end of a loading, when coverage is resolved.
create constraint trigger reference_state_1_places after update on directory.reference_state
    deferrable initially deferred for each row when (old.version <> new.version) execute function directory.keep_places_of_reference();

do $$
declare
    tenant_table text;
begin
    foreach tenant_table in array array['facet', 'covered_place'] loop
        execute format('alter table directory.%I enable row level security', tenant_table);
        execute format('alter table directory.%I force row level security', tenant_table);
        execute format('create policy tenant on directory.%I
                            using (council_id = nullif(current_setting(''clsm.council'', true), '''')::uuid)
                            with check (council_id = nullif(current_setting(''clsm.council'', true), '''')::uuid)', tenant_table);
    end loop;
end
$$;

-- What is public ----------------------------------------------------------------------------------------------------------------------------

create view published.facet as select f.council_id, f.word, f.value from directory.facet f;
create view published.covered_place as select p.council_id, p.kind, p.code from directory.covered_place p where p.days @> current_date;

create view published.council_criteria as select c.id as council_id, c.id, c.words, '{}'::text[] as missing from directory.council c;
create view published.governance_body_criteria as select b.council_id, b.id, b.words, b.missing from directory.governance_body b;
create view published.working_group_criteria as select g.council_id, g.id, g.words, g.missing from directory.working_group g;
create view published.organisation_criteria as select o.council_id, o.id, o.words, o.missing from directory.organisation o;
create view published.contact_criteria as select p.council_id, p.id, p.words, p.missing from directory.contact p where p.visibility = 'public';
create view published.event_criteria as select e.council_id, e.id, e.words, e.missing from directory.event e;

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

-- Rights ------------------------------------------------------------------------------------------------------------------------------------

grant select on directory.facet, directory.covered_place to clsm_service, clsm_publisher, clsm_recorder;
grant insert, update, delete on directory.facet, directory.covered_place to clsm_recorder;
grant select on directory.organisation, directory.governance_body, directory.working_group to clsm_recorder;

grant create on schema directory to clsm_recorder;
alter function directory.keep_part_facets() owner to clsm_recorder;
alter function directory.keep_council_facets() owner to clsm_recorder;
alter function directory.write_places(uuid[]) owner to clsm_recorder;
alter function directory.keep_places_of_coverage() owner to clsm_recorder;
alter function directory.keep_places_of_sectors() owner to clsm_recorder;
alter function directory.keep_places_of_reference() owner to clsm_recorder;
revoke execute on function directory.write_places(uuid[]) from public;
grant execute on function directory.write_places(uuid[]) to clsm_owner, clsm_recorder;
revoke create on schema directory from clsm_recorder;

revoke execute on function published.parts_of(uuid, text[]) from public;
grant execute on function published.parts_of(uuid, text[]) to clsm_reader, clsm_service;

grant create on schema published to clsm_publisher;
do $$
declare
    published_view text;
begin
    foreach published_view in array array['facet', 'covered_place', 'council_criteria', 'governance_body_criteria', 'working_group_criteria',
                                          'organisation_criteria', 'contact_criteria', 'event_criteria'] loop
        execute format('alter view published.%I owner to clsm_publisher', published_view);
        execute format('grant select on published.%I to clsm_reader, clsm_service', published_view);
    end loop;
end
$$;
revoke create on schema published from clsm_publisher;

-- Councils that are there already; by a function, since only the role that keeps all this sees every council.
create function directory.derive_filters() returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    insert into facet (council_id, source_id, word, value)
    select c.id, c.id, f.word, f.value from council c cross join lateral facets_of_council(c.statement) f
    union all
    select p.council_id, p.id, f.word, f.value
    from (select council_id, id, statement from governance_body union all select council_id, id, statement from working_group
          union all select council_id, id, statement from organisation) p
    cross join lateral facets_of_part(p.statement,
        coalesce(p.statement -> 'roles' ? 'carrier', false)
        or exists (select from council c where c.id = p.council_id and c.statement #>> '{coordination,organisation,id}' = p.id::text)) f;
    select write_places(array(select c.id from council c));
$$;
grant create on schema directory to clsm_recorder;
alter function directory.derive_filters() owner to clsm_recorder;
revoke create on schema directory from clsm_recorder;
select directory.derive_filters();
drop function directory.derive_filters();
