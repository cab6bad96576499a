-- The parts of councils: organisations, governance bodies, working groups, contacts and events. All kinds have the same table, but for
-- the columns that are generated from the members of their own.

-- The database counts versions itself, so that a repair by plain SQL raises them too.
create function directory.set_part_version() returns trigger
    language plpgsql set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'INSERT' then
        -- What comes back after a removal goes on counting, so that no version ever means two states.
        new.version := 1 + coalesce(
            (select max(c.version) from change c
             where c.council_id = new.council_id and c.type = replace(tg_table_name, '_', '-') and c.id = new.id),
            0);
        new.created_at := now();
        new.updated_at := now();
    elsif (new.council_id, new.id) is distinct from (old.council_id, old.id) then
        raise exception 'a part stays in its council under its id' using errcode = 'restrict_violation';
    elsif new.statement is distinct from old.statement then
        new.version := old.version + 1;
        new.created_at := old.created_at;
        new.updated_at := now();
    else
        return old;
    end if;
    return new;
end
$$;

-- A change of a part is a change of its council: the version of the council goes up, once a transaction.
create function directory.bump_council_version() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    update council set version_xid = pg_current_xact_id()
    where id = coalesce(new.council_id, old.council_id)
      and (version_xid, updated_at) is distinct from (pg_current_xact_id(), now());
    return null;
end
$$;

-- The table of one kind of part, with the indexes that every kind needs.
--   kind              the name of the table; in the API with hyphens
--   name_member       the member that is sorted by as the name
--   word_paths        the members whose words the filter `q` searches
--   optional_members  the members that the filter `missing` knows
--   columns           the generated columns of its own
--   visible_where     which rows the national lists can show, where that is not all of them
create function directory.create_part_table(
    kind text, name_member text, word_paths text[], optional_members text[], columns text, visible_where text default 'true') returns void
    language plpgsql set search_path = pg_catalog
as $template$
declare
    paths text := (
        select string_agg(quote_literal(path), ', ' order by place) from unnest(word_paths) with ordinality x (path, place));
    members text := (
        select string_agg(quote_literal(member), ', ' order by place) from unnest(optional_members) with ordinality x (member, place));
    condition text := case when visible_where <> 'true' then 'where ' || visible_where else '' end;
    statement text;
begin
    foreach statement in array array[
        $$create table directory.%1$I (
            council_id uuid not null constraint %2$I references directory.council (id) on delete cascade,
            id uuid not null,
            -- What the part is recognised by when a document or a sheet is imported again.
            natural_key text not null,
            statement jsonb not null,
            name text collate "fr-x-icu" not null generated always as (statement ->> %3$L) stored,
            %4$s,
            version integer not null default 1,
            created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(),
            words tsvector generated always as (directory.words_of(statement, %5$s)) stored,
            missing text[] generated always as (directory.missing_of(statement, %6$s)) stored,
            constraint %7$I primary key (council_id, id),
            constraint %8$I unique (council_id, natural_key) deferrable initially deferred)$$,
        'create index %9$I on directory.%1$I (council_id, name, id)',
        'create index %10$I on directory.%1$I (council_id, updated_at, id)',
        'create index %11$I on directory.%1$I (name, council_id, id) %12$s',
        'create index %13$I on directory.%1$I (updated_at, council_id, id) %12$s',
        'create index %14$I on directory.%1$I using gin (words)',
        'create index %15$I on directory.%1$I using gin (missing)']
    loop
        execute format(
            statement, kind, kind || '_council', name_member, columns, paths, members, kind || '_pkey', kind || '_natural_key',
            kind || '_name', kind || '_updated', kind || '_national_name', condition, kind || '_national_updated', kind || '_words',
            kind || '_missing');
    end loop;
end
$template$;

-- The five kinds ------------------------------------------------------------------------------------------------------------------

select directory.create_part_table(
    'organisation',
    name_member => 'name',
    word_paths => array['$.name', '$.acronym', '$.address.city'],
    optional_members => array['acronym', 'category', 'identifiers', 'roles', 'website', 'address'],
    columns => $$
        category text generated always as (statement ->> 'category') stored,
        roles text[] generated always as (directory.texts(statement -> 'roles')) stored,
        siren text generated always as (statement -> 'identifiers' ->> 'siren') stored,
        siret text generated always as (statement -> 'identifiers' ->> 'siret') stored,
        finess text generated always as (statement -> 'identifiers' ->> 'finess') stored,
        rna text generated always as (statement -> 'identifiers' ->> 'rna') stored$$);

-- Within a council, an identifier names one organisation. Nationally it does not: organisations recur from council to council.
alter table directory.organisation
    -- A name without accents, case and punctuation: what two spellings of one name have in common.
    add name_key text collate "C" not null
        generated always as (left(directory.plain_text(statement ->> 'name'), 300)) stored,
    add constraint organisation_siret_once unique (council_id, siret) deferrable initially deferred,
    add constraint organisation_finess_once unique (council_id, finess) deferrable initially deferred,
    add constraint organisation_rna_once unique (council_id, rna) deferrable initially deferred;

create index organisation_siren on directory.organisation (siren);
create index organisation_siret on directory.organisation (siret);
create index organisation_finess on directory.organisation (finess);
create index organisation_rna on directory.organisation (rna);
create index organisation_category on directory.organisation (category, council_id, id);
create index organisation_roles on directory.organisation using gin (roles);
create index organisation_name_key on directory.organisation (name_key, council_id) where name_key <> '';

select directory.create_part_table(
    'governance_body',
    name_member => 'name',
    word_paths => array['$.name', '$.purpose', '$.posts[*].label', '$.composition[*].label'],
    optional_members => array['purpose', 'openness', 'meetingFrequency', 'posts', 'composition'],
    columns => $$
        type text not null generated always as (statement ->> 'type') stored,
        openness text generated always as (statement ->> 'openness') stored$$);

create index governance_body_type on directory.governance_body (type, council_id, id);
create index governance_body_openness on directory.governance_body (openness, council_id, id);

select directory.create_part_table(
    'working_group',
    name_member => 'name',
    word_paths => array['$.name', '$.purpose', '$.outputs[*]', '$.composition[*].label'],
    optional_members => array['purpose', 'openness', 'themes', 'typicalSize', 'leads', 'composition', 'outputs', 'status'],
    columns => $$
        kind text not null generated always as (statement ->> 'kind') stored,
        status text generated always as (statement ->> 'status') stored,
        themes text[] generated always as (directory.texts(statement -> 'themes')) stored$$);

create index working_group_kind on directory.working_group (kind, council_id, id);
create index working_group_status on directory.working_group (status, council_id, id);
create index working_group_themes on directory.working_group using gin (themes);

-- The person of a contact is not among its words: nobody is searched by name.
select directory.create_part_table(
    'contact',
    name_member => 'label',
    word_paths => array['$.label', '$.organisation.name', '$.address.city'],
    optional_members => array['organisation', 'emails', 'phones', 'address'],
    visible_where => $$visibility = 'public'$$,
    columns => $$
        function text not null generated always as (statement ->> 'function') stored,
        visibility text not null generated always as (statement ->> 'visibility') stored$$);

create index contact_id on directory.contact (id);
create index contact_public on directory.contact (council_id, id) where visibility = 'public';
create index contact_function on directory.contact (function, council_id, id) where visibility = 'public';

select directory.create_part_table(
    'event',
    name_member => 'name',
    word_paths => array['$.name'],
    optional_members => array['recurrence', 'from', 'to', 'themes'],
    columns => $$
        kind text not null generated always as (statement ->> 'kind') stored,
        themes text[] generated always as (directory.texts(statement -> 'themes')) stored$$);

create index event_kind on directory.event (kind, council_id, id);
create index event_themes on directory.event using gin (themes);

-- The tables of parts, in the order in which they were made: those with a natural key.
create function directory.part_tables() returns setof text
    language sql stable set search_path = pg_catalog
as $$
    select c.relname
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'natural_key'
    where c.relnamespace = 'directory'::regnamespace and c.relkind = 'r'
    order by c.oid
$$;

-- Which rows of a kind of part the public may see: those that are marked so, where the kind has such a mark, else all.
create function directory.visibility_condition(kind text) returns text
    language sql stable set search_path = pg_catalog
as $$
    select case when exists (select from pg_attribute a
                             where a.attrelid = format('directory.%I', kind)::regclass and a.attname = 'visibility')
                then $condition$p.visibility = 'public'$condition$ else 'true' end
$$;
