-- What exports ask of a council besides its own row, one council at a time, so that a statement of any length streams. An export of everything
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

revoke execute on function published.place_of(uuid), published.document_of(uuid) from public;
grant execute on function published.place_of(uuid), published.document_of(uuid) to clsm_reader;
