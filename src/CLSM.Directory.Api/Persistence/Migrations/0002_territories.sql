-- The territorial reference (communes, EPCI, départements, regions) and what the territories of councils cover by it.
-- The reference is national: it has no tenant, and only its loading, as the owner, writes it. A council's statement is never touched by it:
-- what the statement covers is kept beside, and follows both the statement and the reference.

create table directory.reference_region (
    code text not null constraint reference_region_pkey primary key,
    name text collate "fr-x-icu" not null,
    health_agency text
);

create table directory.reference_department (
    code text not null constraint reference_department_pkey primary key,
    name text collate "fr-x-icu" not null,
    region_code text not null constraint reference_department_region references directory.reference_region (code) deferrable initially deferred
);

create index reference_department_of_region on directory.reference_department (region_code);

create table directory.reference_epci (
    siren text not null constraint reference_epci_pkey primary key,
    name text collate "fr-x-icu" not null,
    type text not null
);

-- One row a code and type: a delegated commune may carry the code of its own commune nouvelle.
create table directory.reference_commune (
    code text not null,
    type text not null constraint reference_commune_type
        check (type in ('commune', 'municipal-arrondissement', 'delegated-commune', 'associated-commune', 'former-commune')),
    name text collate "fr-x-icu" not null,
    -- The name in small plain letters, its words separated by one blank each: written by the loading, as queries write theirs.
    plain_name text not null,
    words tsvector not null generated always as (to_tsvector('simple', plain_name)) stored,
    -- The current commune that it is in; null for a current commune.
    parent_code text constraint reference_commune_parent check ((parent_code is null) = (type = 'commune')),
    department_code text not null constraint reference_commune_department references directory.reference_department (code) deferrable initially deferred,
    region_code text not null constraint reference_commune_region references directory.reference_region (code) deferrable initially deferred,
    epci_siren text constraint reference_commune_epci references directory.reference_epci (siren) deferrable initially deferred,
    postcodes text[] not null,
    population integer,
    latitude numeric(8, 5),
    longitude numeric(8, 5),
    position_source text not null,
    constraint reference_commune_pkey primary key (code, type)
);

create index reference_commune_name on directory.reference_commune (name, code, type);
create index reference_commune_words on directory.reference_commune using gin (words);
create index reference_commune_postcodes on directory.reference_commune using gin (postcodes);
create index reference_commune_of_parent on directory.reference_commune (parent_code) where parent_code is not null;
create index reference_commune_of_epci on directory.reference_commune (epci_siren, code) where type = 'commune';
create index reference_commune_of_department on directory.reference_commune (department_code, code) where type = 'commune';
create index reference_commune_of_region on directory.reference_commune (region_code, code) where type = 'commune';

-- Which reference is loaded. Its one row is locked by a loading, and shared by those who write territories: neither misses the other.
create table directory.reference_state (
    only_row boolean not null default true constraint reference_state_pkey primary key check (only_row),
    version bigint not null,
    loaded_at timestamptz not null default now()
);

insert into directory.reference_state (version) values (0);

-- Coverage ------------------------------------------------------------------------------------------------------------------------------

create table directory.coverage (
    council_id uuid not null constraint coverage_council references directory.council (id) on delete cascade,
    -- A current commune, or a municipal arrondissement.
    commune_code text not null,
    extent text not null constraint coverage_extent check (extent in ('whole', 'part')),
    -- The part of the territory that covers it, as the council states it.
    through_type text not null,
    through_code text not null,
    -- The days between which it does; no bound where the statement has none.
    first_day date,
    last_day date,
    constraint coverage_pkey primary key (council_id, commune_code, through_type, through_code)
);

create index coverage_of_commune on directory.coverage (commune_code, council_id);

alter table directory.coverage enable row level security;
alter table directory.coverage force row level security;
create policy tenant on directory.coverage
    using (council_id = nullif(current_setting('clsm.council', true), '')::uuid)
    with check (council_id = nullif(current_setting('clsm.council', true), '')::uuid);

-- First and last day of a date as councils state it: 2014, 2014-03, 2014-03-21, or a season (2014-21 is spring).
create function directory.first_day(stated text) returns date
    language sql immutable parallel safe
    return case
        when stated ~ '^\d{4}$' then make_date(stated::integer, 1, 1)
        when stated ~ '^\d{4}-2[1-4]$' then make_date(left(stated, 4)::integer, 3 * (right(stated, 1)::integer), 21)
        when stated ~ '^\d{4}-\d{2}$' then make_date(left(stated, 4)::integer, right(stated, 2)::integer, 1)
        when stated ~ '^\d{4}-\d{2}-\d{2}$' then make_date(left(stated, 4)::integer, substr(stated, 6, 2)::integer, right(stated, 2)::integer)
    end;

create function directory.last_day(stated text) returns date
    language sql immutable parallel safe
    return (case
        when stated ~ '^\d{4}$' then directory.first_day(stated) + interval '1 year'
        when stated ~ '^\d{4}-2[1-4]$' then directory.first_day(stated) + interval '3 months'
        when stated ~ '^\d{4}-\d{2}$' then directory.first_day(stated) + interval '1 month'
        when stated ~ '^\d{4}-\d{2}-\d{2}$' then directory.first_day(stated) + interval '1 day'
    end)::date - 1;

-- What a statement covers: a function of the statement and of the reference, and of nothing else.
create function directory.resolve_territory(statement jsonb)
    returns table (commune_code text, extent text, through_type text, through_code text, first_day date, last_day date)
    language sql stable parallel safe set search_path = pg_catalog, directory
as $$
    with part as (
        select p ->> 'type' as type, p ->> 'code' as code,
               -- The same part twice is one part, open wherever one of the two is.
               case when bool_and(p #>> '{from,value}' is not null) then min(directory.first_day(p #>> '{from,value}')) end as first_day,
               case when bool_and(p #>> '{to,value}' is not null) then max(directory.last_day(p #>> '{to,value}')) end as last_day
        from jsonb_array_elements(statement #> '{territory,parts}') p
        where p ->> 'code' is not null
        group by 1, 2
    ), place as (
        -- The row that a commune's code means: that of the stated type where there is one, else the current commune's.
        select part.*, c.code as place_code, c.type as place_type, c.parent_code, c.plain_name
        from part cross join lateral (
            select * from reference_commune r
            where r.code = part.code
            order by (r.type = part.type) desc, (r.type = 'commune') desc, r.type
            limit 1) c
        where part.type in ('commune', 'municipal-arrondissement', 'delegated-commune', 'associated-commune')
    ), covered as (
        select place_code as commune_code, 'whole' as extent, type, code, first_day, last_day
        from place where place_type in ('commune', 'municipal-arrondissement')
        union all
        -- A former commune of the same name is the commune itself under its former code; any other is a part of today's.
        select place.parent_code, case when place_type = 'former-commune' and parent.plain_name = place.plain_name then 'whole' else 'part' end,
               place.type, place.code, first_day, last_day
        from place join reference_commune parent on parent.code = place.parent_code and parent.type = 'commune'
        where place.parent_code is not null
        union all
        select c.code, 'whole', part.type, part.code, first_day, last_day
        from part join reference_commune c on c.epci_siren = part.code and c.type = 'commune'
        where part.type = 'epci'
        union all
        select c.code, 'whole', part.type, part.code, first_day, last_day
        from part join reference_commune c on c.department_code = part.code and c.type = 'commune'
        where part.type = 'department'
    )
    select commune_code, extent, type, code, first_day, last_day from covered
$$;

create function directory.keep_coverage() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'UPDATE' and new.statement -> 'territory' is not distinct from old.statement -> 'territory' then
        return null;
    end if;
    -- Waits for a loading, so that what follows is resolved by the reference that it leaves.
    perform from reference_state for share;
    delete from coverage v where v.council_id = new.id;
    insert into coverage (council_id, commune_code, extent, through_type, through_code, first_day, last_day)
    select new.id, r.* from resolve_territory(new.statement) r;
    return null;
end
$$;

create trigger council_6_coverage after insert or update of statement on directory.council
    for each row execute function directory.keep_coverage();

-- Resolves every territory anew; says how many rows that changed.
create function directory.resolve_coverage() returns bigint
    language sql security definer set search_path = pg_catalog, directory
as $$
    with resolved as materialized (
        select c.id as council_id, r.* from council c cross join lateral resolve_territory(c.statement) r
        where c.statement #> '{territory,parts}' is not null
    ), gone as (
        delete from coverage v
        where not exists (
            select from resolved r
            where (r.council_id, r.commune_code, r.through_type, r.through_code) = (v.council_id, v.commune_code, v.through_type, v.through_code))
        returning 1
    ), come as (
        insert into coverage as v (council_id, commune_code, extent, through_type, through_code, first_day, last_day)
        select council_id, commune_code, extent, through_type, through_code, first_day, last_day from resolved
        on conflict on constraint coverage_pkey do update
            set extent = excluded.extent, first_day = excluded.first_day, last_day = excluded.last_day
            where (v.extent, v.first_day, v.last_day) is distinct from (excluded.extent, excluded.first_day, excluded.last_day)
        returning 1
    )
    select (select count(*) from gone) + (select count(*) from come)
$$;

-- What is public ------------------------------------------------------------------------------------------------------------------------

create view published.reference_region as select code, name, health_agency from directory.reference_region;
create view published.reference_department as select code, name, region_code from directory.reference_department;
create view published.reference_epci as select siren, name, type from directory.reference_epci;
create view published.reference_commune as
    select code, type, name, plain_name, words, parent_code, department_code, region_code, epci_siren, postcodes, population,
           latitude, longitude, position_source
    from directory.reference_commune;
create view published.reference_state as select version, loaded_at from directory.reference_state;

-- What councils cover today. A council that has closed or merged covers nothing any more.
create view published.coverage as
    select v.council_id, v.commune_code, v.extent, v.through_type, v.through_code, v.first_day, v.last_day,
           c.code as council_code, c.name as council_name, c.status as council_status
    from directory.coverage v join directory.council c on c.id = v.council_id
    where c.status not in ('closed', 'merged')
      and (v.first_day is null or v.first_day <= current_date)
      and (v.last_day is null or v.last_day >= current_date);

-- Rights --------------------------------------------------------------------------------------------------------------------------------

grant select on directory.reference_region, directory.reference_department, directory.reference_epci, directory.reference_commune,
    directory.reference_state, directory.coverage to clsm_service, clsm_publisher, clsm_recorder;
grant insert, update, delete on directory.coverage to clsm_recorder;
-- A row can be shared only by those who could change it.
grant update on directory.reference_state to clsm_recorder;

grant create on schema directory to clsm_recorder;
alter function directory.keep_coverage() owner to clsm_recorder;
alter function directory.resolve_coverage() owner to clsm_recorder;
revoke execute on function directory.resolve_coverage() from public;
grant execute on function directory.resolve_coverage() to clsm_owner;
revoke create on schema directory from clsm_recorder;

grant create on schema published to clsm_publisher;
do $$
declare
    published_view text;
begin
    foreach published_view in array array['reference_region', 'reference_department', 'reference_epci', 'reference_commune', 'reference_state', 'coverage'] loop
        execute format('alter view published.%I owner to clsm_publisher', published_view);
        execute format('grant select on published.%I to clsm_reader, clsm_service', published_view);
    end loop;
end
$$;
revoke create on schema published from clsm_publisher;

-- Councils that are there already; without a reference they cover nothing yet.
select directory.resolve_coverage();
