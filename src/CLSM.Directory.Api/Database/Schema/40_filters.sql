-- What the national lists of councils are filtered by: themes, categories, carriers, identifiers and missing members of a council and of
-- its parts. Triggers derive it from the statements.

create table directory.facet (
    council_id uuid not null constraint facet_council references directory.council (id) on delete cascade,
    -- The id of the council itself, or of the part that the facet comes from.
    source_id uuid not null,
    name text not null constraint facet_name check (name in ('theme', 'category', 'carrier', 'identifier', 'missing')),
    value text not null,
    constraint facet_pkey primary key (council_id, source_id, name, value)
);

create index facet_value on directory.facet (name, value, council_id);

create function directory.facets_of_council(statement jsonb) returns table (name text, value text)
    language sql immutable parallel safe set search_path = pg_catalog, directory
as $$
    select 'theme', t #>> '{}' from jsonb_path_query(statement, '$.themes[*]') t
    union
    select 'category', c #>> '{}' from jsonb_path_query(statement, '$.participation.categories[*].category') c
    union
    select 'missing', m from unnest(missing_of(
        statement, 'shortName', 'audience', 'aliases', 'statusHistory', 'territory', 'territory.parts',
        'foundation', 'foundation.date', 'foundation.founders', 'purpose', 'objectives', 'principles', 'methods', 'domains', 'themes',
        'participation', 'means', 'means.funders', 'posts', 'coordination', 'coordination.organisation', 'frameworks', 'website',
        'links', 'sources',
        -- Whether a council has such parts is not in its statement: the query that filters leaves out the councils that have some.
        'governanceBodies', 'workingGroups', 'organisations', 'contacts', 'events')) m
$$;

create function directory.facets_of_part(statement jsonb, carries boolean) returns table (name text, value text)
    language sql immutable parallel safe set search_path = pg_catalog, directory
as $$
    select 'category', c #>> '{}' from jsonb_path_query(statement, '$.composition[*].category') c
    union
    select w, said.value
    from (select 'category', statement ->> 'category' where statement ? 'category'
          union all
          select 'identifier', i.key || ':' || i.value
          from jsonb_each_text(coalesce(statement -> 'identifiers', '{}')) i) said (name, value)
         cross join lateral unnest(case when carries then array[said.name, 'carrier'] else array[said.name] end) w
$$;

-- An organisation carries its council if its roles say so, or if it employs or houses the coordination.
create function directory.write_part_facets(the_council uuid, the_part uuid, statement jsonb) returns void
    language sql set search_path = pg_catalog, directory
as $$
    delete from facet f where f.council_id = the_council and f.source_id = the_part;
    insert into facet (council_id, source_id, name, value)
    select the_council, the_part, f.name, f.value
    from facets_of_part(statement,
            coalesce(statement -> 'roles' ? 'carrier', false)
            or exists (
                select from council c
                where c.id = the_council and c.statement #>> '{coordination,organisation,id}' = the_part::text)) f
$$;

create function directory.sync_part_facets() returns trigger
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

create function directory.sync_council_facets() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'UPDATE' and new.statement is not distinct from old.statement then
        return null;
    end if;
    delete from facet f where f.council_id = new.id and f.source_id = new.id;
    insert into facet (council_id, source_id, name, value) select new.id, new.id, f.name, f.value from facets_of_council(new.statement) f;
    if tg_op = 'UPDATE'
       and new.statement #> '{coordination,organisation,id}' is distinct from old.statement #> '{coordination,organisation,id}' then
        perform write_part_facets(o.council_id, o.id, o.statement)
        from organisation o
        where o.council_id = new.id
          and o.id in (
              (new.statement #>> '{coordination,organisation,id}')::uuid,
              (old.statement #>> '{coordination,organisation,id}')::uuid);
    end if;
    return null;
end
$$;

create trigger council_7_facets after insert or update of statement on directory.council
    for each row execute function directory.sync_council_facets();

create function directory.create_facet_trigger(kind text) returns void
    language plpgsql set search_path = pg_catalog
as $$
begin
    execute format(
        'create trigger %1$s_7_facets after insert or update of statement or delete on directory.%1$I
             for each row execute function directory.sync_part_facets()',
        kind);
end
$$;

-- Only these kinds of part have a composition, a category or identifiers.
select directory.create_facet_trigger(kind) from unnest(array['governance_body', 'working_group', 'organisation']) kind;

-- Conditions on columns that the service does not read. PostgreSQL replaces the calls by their bodies, so that indexes are used.
create function published.has_words(words tsvector, query text) returns boolean
    language sql immutable parallel safe
    return words @@ to_tsquery('simple'::regconfig, query);

create function published.misses(missing text[], members text[]) returns boolean
    language sql immutable parallel safe
    return missing && members;
