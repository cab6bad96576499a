-- Which communes the territories of councils cover, and in which places that lies. Both are derived from the statements and the
-- territorial reference, and follow both. The statement of a council is never changed by the reference.

create table directory.coverage (
    council_id uuid not null constraint coverage_council references directory.council (id) on delete cascade,
    -- A current commune, or a municipal arrondissement.
    commune_code text not null,
    extent text not null constraint coverage_extent check (extent in ('whole', 'part')),
    -- The part of the territory that covers it, as in the statement.
    through_type text not null,
    through_code text not null,
    -- The first and the last day on which it does; null where the statement gives none.
    first_day date,
    last_day date,
    constraint coverage_pkey primary key (council_id, commune_code, through_type, through_code)
);

create index coverage_of_commune on directory.coverage (commune_code, council_id);

-- What a statement covers: it depends on the statement and the reference alone.
create function directory.resolve_territory(statement jsonb)
    returns table (commune_code text, extent text, through_type text, through_code text, first_day date, last_day date)
    language sql stable parallel safe set search_path = pg_catalog, directory
as $$
    with part as (
        select p ->> 'type' as type, p ->> 'code' as code,
               -- A part that is listed twice counts once. It has no first (last) day if one of the two has none.
               case when bool_and(p #>> '{from,value}' is not null) then min(directory.first_day(p #>> '{from,value}')) end as first_day,
               case when bool_and(p #>> '{to,value}' is not null) then max(directory.last_day(p #>> '{to,value}')) end as last_day
        from jsonb_array_elements(statement #> '{territory,parts}') p
        where p ->> 'code' is not null
        group by 1, 2
    ), place as (
        -- A code can be that of two communes: the one of the given type where there is one, else the current commune.
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
        -- A former commune of the same name is the commune itself under its former code. Any other is a part of a commune of today.
        select place.parent_code,
               case when place_type = 'former-commune' and parent.plain_name = place.plain_name then 'whole' else 'part' end,
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

create function directory.sync_coverage() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'UPDATE' and new.statement -> 'territory' is not distinct from old.statement -> 'territory' then
        return null;
    end if;
    -- Waits for a loading of the reference, so that the territory is resolved by the new one.
    perform from reference_state for share;
    delete from coverage v where v.council_id = new.id;
    insert into coverage (council_id, commune_code, extent, through_type, through_code, first_day, last_day)
    select new.id, r.* from resolve_territory(new.statement) r;
    return null;
end
$$;

create trigger council_6_coverage after insert or update of statement on directory.council
    for each row execute function directory.sync_coverage();

-- Resolves every territory again, after a loading; returns how many rows that changed.
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
            where (r.council_id, r.commune_code, r.through_type, r.through_code)
                = (v.council_id, v.commune_code, v.through_type, v.through_code))
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

-- Places --------------------------------------------------------------------------------------------------------------------------

-- The communes (with their arrondissements), EPCI, départements and regions in which a council covers something, whatever its status.
create table directory.covered_place (
    council_id uuid not null constraint covered_place_council references directory.council (id) on delete cascade,
    kind text not null constraint covered_place_kind check (kind in ('commune', 'epci', 'department', 'region')),
    code text not null,
    -- On which days it does; unbounded where the statement gives none.
    days daterange not null,
    constraint covered_place_pkey primary key (council_id, kind, code, days)
);

create index covered_place_code on directory.covered_place (kind, code, council_id, days);

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
    cross join lateral (values
        ('commune', m.code), ('commune', m.parent_code), ('epci', m.epci_siren), ('department', m.department_code),
        ('region', m.region_code)) p (kind, code)
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

create function directory.sync_places_of_coverage() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform write_places(array_agg(distinct c.council_id)) from changed c having count(*) > 0;
    return null;
end
$$;

create trigger coverage_1_places_on_insert after insert on directory.coverage
    referencing new table as changed for each statement execute function directory.sync_places_of_coverage();
create trigger coverage_1_places_on_update after update on directory.coverage
    referencing new table as changed for each statement execute function directory.sync_places_of_coverage();
create trigger coverage_1_places_on_delete after delete on directory.coverage
    referencing old table as changed for each statement execute function directory.sync_places_of_coverage();

-- A psychiatric sector covers no commune, so that the triggers of coverage do not see it.
create function directory.sync_places_of_sectors() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform write_places(array[new.id]);
    return null;
end
$$;

create trigger council_8_sectors_on_insert after insert on directory.council
    for each row when (new.statement @? '$.territory.parts[*] ? (@.type == "psychiatric-sector")')
    execute function directory.sync_places_of_sectors();
create trigger council_8_sectors_on_update after update of statement on directory.council
    for each row when (new.statement -> 'territory' is distinct from old.statement -> 'territory'
                       and (new.statement @? '$.territory.parts[*] ? (@.type == "psychiatric-sector")'
                            or old.statement @? '$.territory.parts[*] ? (@.type == "psychiatric-sector")'))
    execute function directory.sync_places_of_sectors();

-- A commune may change its EPCI while councils cover what they covered. Runs at the end of a loading, when coverage is resolved.
create function directory.sync_places_of_reference() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform write_places(array(select c.id from council c));
    return null;
end
$$;

create constraint trigger reference_state_1_places after update on directory.reference_state
    deferrable initially deferred for each row when (old.version <> new.version) execute function directory.sync_places_of_reference();

-- Regions of the change log -------------------------------------------------------------------------------------------------------

-- The regions by which the change log is followed. The sandbox lies in none, whatever its territory says.
create function directory.regions_of(council uuid) returns text[]
    language sql stable set search_path = pg_catalog, directory
as $$
    select array(
        select distinct p.code from covered_place p
        where p.council_id = council and p.council_id <> sandbox() and p.kind = 'region'
        order by 1)
$$;

-- A new vintage of the reference can put a council in another region, although nobody changed the council.
create function directory.follow_reference() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform from change_head for update;
    with present as (
        select p.council_id, array_agg(distinct p.code order by p.code) as regions
        from covered_place p where p.kind = 'region' and p.council_id <> sandbox() group by p.council_id
    )
    update council_log_state s set regions_next = coalesce(p.regions, '{}')
    from council k left join present p on p.council_id = k.id
    where k.id = s.council_id and s.regions_next <> coalesce(p.regions, '{}');
    return null;
end
$$;

create constraint trigger reference_state_regions after update on directory.reference_state
    deferrable initially deferred for each row when (old.version <> new.version) execute function directory.follow_reference();
