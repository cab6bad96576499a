-- Councils, and the codes by which they are or were known.

create table directory.council (
    id uuid not null constraint council_pkey primary key,
    code text not null,
    -- The document of the council. The columns that are filtered and sorted by are generated from it.
    statement jsonb not null,
    name text collate "fr-x-icu" not null generated always as (statement ->> 'name') stored,
    kind text not null generated always as (statement ->> 'kind') stored,
    status text not null generated always as (statement ->> 'status') stored,
    themes text[] generated always as (directory.texts(statement -> 'themes')) stored,
    -- Raised by every change of the council or of one of its parts, once a transaction.
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    -- The transaction that raised the version last.
    version_xid xid8 not null default pg_current_xact_id(),
    words tsvector generated always as (directory.words_of(
        statement, '$.name', '$.shortName', '$.aliases[*].name', '$.territory.label', '$.territory.parts[*].label', '$.purpose',
        '$.objectives[*].title', '$.objectives[*].text')) stored
);

-- The id stands in each index, so that what a filter finds is counted and joined without reading the statements.
create index council_code_id on directory.council (code, id);
create index council_name_id on directory.council (name, id);
create index council_updated_id on directory.council (updated_at, id);
create index council_status on directory.council (status, id);
create index council_kind on directory.council (kind, id);
create index council_words on directory.council using gin (words);

-- Every code that a council has or had, for ever: a code never comes to mean another council.
create table directory.council_code (
    code text not null constraint council_code_pkey primary key,
    council_id uuid not null,
    since timestamptz not null default clock_timestamp()
);

create index council_code_council on directory.council_code (council_id, since desc);

-- The database counts versions itself, so that a repair by plain SQL raises them too.
create function directory.set_council_version() returns trigger
    language plpgsql set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'INSERT' then
        new.version := 1 + coalesce(
            (select max(c.version) from change c where c.council_id = new.id and c.type = 'council' and c.id = new.id), 0);
        new.created_at := now();
        new.updated_at := now();
        new.version_xid := pg_current_xact_id();
        return new;
    elsif new.id is distinct from old.id then
        raise exception 'a council keeps its id' using errcode = 'restrict_violation';
    elsif (new.statement, new.code) is not distinct from (old.statement, old.code) and new.version_xid = old.version_xid then
        return old;
    end if;

    -- Once a transaction. Transaction ids start again in a restored cluster, hence the instant beside.
    if (old.version_xid, old.updated_at) is distinct from (pg_current_xact_id(), now()) then
        new.version := old.version + 1;
    else
        new.version := old.version;
    end if;
    new.created_at := old.created_at;
    new.updated_at := now();
    new.version_xid := pg_current_xact_id();
    return new;
end
$$;

-- Notes each new code; refuses one that belongs to another council.
create function directory.sync_code() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'UPDATE' and new.code = old.code then
        return null;
    end if;
    insert into council_code (code, council_id) values (new.code, new.id)
    on conflict (code) do update set since = clock_timestamp() where council_code.council_id = excluded.council_id;
    if not found then
        raise exception 'the code % stands for another council', new.code
            using errcode = 'unique_violation', schema = 'directory', table = 'council_code', constraint = 'council_code_pkey';
    end if;
    return null;
end
$$;

-- PostgreSQL runs triggers in the order of their names: the number in each name says when.
create trigger council_1_version before insert or update on directory.council for each row execute function directory.set_council_version();

create trigger council_2_code after insert or update on directory.council for each row execute function directory.sync_code();
