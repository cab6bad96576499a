-- The directory's tables, their tenants, their change log, and what of them is public.
-- Every tenant row carries council_id and every key begins with it, so that no row can point into another tenant and the tables can be
-- distributed on it. Statements are kept whole as jsonb; what is filtered, joined or counted is a column generated from them.

-- "directory" may be there already, made for the list of migrations.
create schema if not exists directory;
create schema published;

create function directory.current_council() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('clsm.council', true), '')::uuid;

create function directory.texts(list jsonb) returns text[]
    language sql immutable parallel safe
    return array(select jsonb_array_elements_text(list));

-- Councils ------------------------------------------------------------------------------------------------------------------------------

create table directory.council (
    id uuid not null constraint council_pkey primary key,
    code text not null,
    statement jsonb not null,
    name text collate "fr-x-icu" not null generated always as (statement ->> 'name') stored,
    kind text not null generated always as (statement ->> 'kind') stored,
    status text not null generated always as (statement ->> 'status') stored,
    themes text[] generated always as (directory.texts(statement -> 'themes')) stored,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    raised_in xid8 not null default pg_current_xact_id()
);

create index council_code_id on directory.council (code, id);
create index council_name_id on directory.council (name, id);
create index council_updated_id on directory.council (updated_at, id);
create index council_status on directory.council (status);
create index council_kind on directory.council (kind);
create index council_themes on directory.council using gin (themes);

-- Every code that a council has or had, for ever: a code never comes to mean another council.
create table directory.council_code (
    code text not null constraint council_code_pkey primary key,
    council_id uuid not null,
    since timestamptz not null default clock_timestamp()
);

create index council_code_council on directory.council_code (council_id, since desc);

-- Parts ---------------------------------------------------------------------------------------------------------------------------------

create table directory.organisation (
    council_id uuid not null constraint organisation_council references directory.council (id) on delete cascade,
    id uuid not null,
    natural_key text not null,
    statement jsonb not null,
    name text collate "fr-x-icu" not null generated always as (statement ->> 'name') stored,
    category text generated always as (statement ->> 'category') stored,
    roles text[] generated always as (directory.texts(statement -> 'roles')) stored,
    siren text generated always as (statement -> 'identifiers' ->> 'siren') stored,
    siret text generated always as (statement -> 'identifiers' ->> 'siret') stored,
    finess text generated always as (statement -> 'identifiers' ->> 'finess') stored,
    rna text generated always as (statement -> 'identifiers' ->> 'rna') stored,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint organisation_pkey primary key (council_id, id),
    constraint organisation_natural_key unique (council_id, natural_key) deferrable initially deferred,
    constraint organisation_siret_once unique (council_id, siret) deferrable initially deferred,
    constraint organisation_finess_once unique (council_id, finess) deferrable initially deferred,
    constraint organisation_rna_once unique (council_id, rna) deferrable initially deferred
);

create index organisation_siren on directory.organisation (siren);
create index organisation_siret on directory.organisation (siret);
create index organisation_finess on directory.organisation (finess);
create index organisation_rna on directory.organisation (rna);
create index organisation_category on directory.organisation (category);
create index organisation_roles on directory.organisation using gin (roles);

create table directory.governance_body (
    council_id uuid not null constraint governance_body_council references directory.council (id) on delete cascade,
    id uuid not null,
    natural_key text not null,
    statement jsonb not null,
    name text collate "fr-x-icu" not null generated always as (statement ->> 'name') stored,
    type text not null generated always as (statement ->> 'type') stored,
    openness text generated always as (statement ->> 'openness') stored,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint governance_body_pkey primary key (council_id, id),
    constraint governance_body_natural_key unique (council_id, natural_key) deferrable initially deferred
);

create index governance_body_type on directory.governance_body (type);
create index governance_body_openness on directory.governance_body (openness);

create table directory.working_group (
    council_id uuid not null constraint working_group_council references directory.council (id) on delete cascade,
    id uuid not null,
    natural_key text not null,
    statement jsonb not null,
    name text collate "fr-x-icu" not null generated always as (statement ->> 'name') stored,
    kind text not null generated always as (statement ->> 'kind') stored,
    status text generated always as (statement ->> 'status') stored,
    themes text[] generated always as (directory.texts(statement -> 'themes')) stored,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint working_group_pkey primary key (council_id, id),
    constraint working_group_natural_key unique (council_id, natural_key) deferrable initially deferred
);

create index working_group_kind on directory.working_group (kind);
create index working_group_themes on directory.working_group using gin (themes);

create table directory.contact (
    council_id uuid not null constraint contact_council references directory.council (id) on delete cascade,
    id uuid not null,
    natural_key text not null,
    statement jsonb not null,
    name text collate "fr-x-icu" not null generated always as (statement ->> 'label') stored,
    function text not null generated always as (statement ->> 'function') stored,
    visibility text not null generated always as (statement ->> 'visibility') stored,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contact_pkey primary key (council_id, id),
    constraint contact_natural_key unique (council_id, natural_key) deferrable initially deferred
);

create index contact_function on directory.contact (function);

create table directory.event (
    council_id uuid not null constraint event_council references directory.council (id) on delete cascade,
    id uuid not null,
    natural_key text not null,
    statement jsonb not null,
    name text collate "fr-x-icu" not null generated always as (statement ->> 'name') stored,
    kind text not null generated always as (statement ->> 'kind') stored,
    themes text[] generated always as (directory.texts(statement -> 'themes')) stored,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint event_pkey primary key (council_id, id),
    constraint event_natural_key unique (council_id, natural_key) deferrable initially deferred
);

create index event_kind on directory.event (kind);
create index event_themes on directory.event using gin (themes);

-- Which organisations a statement refers to, kept by trigger, so that PostgreSQL itself refuses a reference to another tenant's organisation
-- and the removal of an organisation that is still referred to.
create table directory.organisation_reference (
    council_id uuid not null constraint organisation_reference_council references directory.council (id) on delete cascade,
    organisation_id uuid not null,
    referrer_type text not null,
    referrer_id uuid not null,
    constraint organisation_reference_pkey primary key (council_id, organisation_id, referrer_type, referrer_id),
    constraint organisation_reference_organisation foreign key (council_id, organisation_id)
        references directory.organisation (council_id, id) deferrable initially deferred
);

create index organisation_reference_referrer on directory.organisation_reference (council_id, referrer_type, referrer_id);

-- Changes -------------------------------------------------------------------------------------------------------------------------------

-- The number of the last change. Its one row is locked from the moment the first change of a transaction is numbered until it commits, which
-- happens at the end of the transaction (deferred triggers): numbers are in commit order, without a gap, and survive dump and restore.
create table directory.change_head (
    only_row boolean not null default true constraint change_head_pkey primary key check (only_row),
    cursor bigint not null,
    at timestamptz not null default now()
);

insert into directory.change_head (cursor) values (0);

create table directory.change (
    cursor bigint not null constraint change_pkey primary key,
    at timestamptz not null,
    council_id uuid not null,
    council_code text not null,
    type text not null,
    id uuid not null,
    version integer not null,
    operation text not null constraint change_operation check (operation in ('created', 'updated', 'removed')),
    reason text,
    -- Whether the public could see the thing before and after: what it never could see must not appear in its feed.
    public_before boolean not null,
    public_after boolean not null
);

create unique index change_of_thing on directory.change (council_id, type, id, version, operation);

create function directory.append_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    old_row jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
    new_row jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
    the_row jsonb := coalesce(new_row, old_row);
    the_council uuid := coalesce(the_row ->> 'council_id', the_row ->> 'id')::uuid;
    the_version integer := (the_row ->> 'version')::integer + case when tg_op = 'DELETE' then 1 else 0 end;
    the_operation text := case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'updated' else 'removed' end;
    the_cursor bigint;
begin
    update change_head set cursor = cursor + 1, at = clock_timestamp() returning cursor into the_cursor;
    insert into change (cursor, at, council_id, council_code, type, id, version, operation, reason, public_before, public_after)
    values (
        the_cursor,
        clock_timestamp(),
        the_council,
        (select k.code from council_code k where k.council_id = the_council order by k.since desc limit 1),
        replace(tg_table_name, '_', '-'),
        (the_row ->> 'id')::uuid,
        the_version,
        the_operation,
        nullif(current_setting('clsm.reason', true), ''),
        old_row is not null and coalesce(old_row ->> 'visibility', 'public') = 'public',
        new_row is not null and coalesce(new_row ->> 'visibility', 'public') = 'public');
    return null;
end
$$;

-- Versions and instants are the database's own, so that a repair by plain SQL raises them too.
create function directory.stamp_part() returns trigger
    language plpgsql set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'INSERT' then
        -- What comes back after a removal goes on counting, so that no version ever means two states.
        new.version := 1 + coalesce((select max(c.version) from change c
                                     where c.council_id = new.council_id and c.type = replace(tg_table_name, '_', '-') and c.id = new.id), 0);
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

create function directory.stamp_council() returns trigger
    language plpgsql set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'INSERT' then
        new.version := 1 + coalesce((select max(c.version) from change c where c.council_id = new.id and c.type = 'council' and c.id = new.id), 0);
        new.created_at := now();
        new.updated_at := now();
        new.raised_in := pg_current_xact_id();
        return new;
    elsif new.id is distinct from old.id then
        raise exception 'a council keeps its id' using errcode = 'restrict_violation';
    elsif (new.statement, new.code) is not distinct from (old.statement, old.code) and new.raised_in = old.raised_in then
        return old;
    end if;

    -- Once a transaction. Transaction ids start again in a restored cluster, hence the instant beside.
    if (old.raised_in, old.updated_at) is distinct from (pg_current_xact_id(), now()) then
        new.version := old.version + 1;
    else
        new.version := old.version;
    end if;
    new.created_at := old.created_at;
    new.updated_at := now();
    new.raised_in := pg_current_xact_id();
    return new;
end
$$;

create function directory.raise_council() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    update council set raised_in = pg_current_xact_id()
    where id = coalesce(new.council_id, old.council_id)
      and (raised_in, updated_at) is distinct from (pg_current_xact_id(), now());
    return null;
end
$$;

create function directory.keep_code() returns trigger
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

create function directory.keep_references() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    the_type text := replace(tg_table_name, '_', '-');
    the_council uuid;
    the_id uuid;
begin
    if tg_op = 'DELETE' then
        the_id := old.id;
        the_council := coalesce(to_jsonb(old) ->> 'council_id', old.id::text)::uuid;
    else
        the_id := new.id;
        the_council := coalesce(to_jsonb(new) ->> 'council_id', new.id::text)::uuid;
    end if;

    delete from organisation_reference r where r.council_id = the_council and r.referrer_type = the_type and r.referrer_id = the_id;
    if tg_op <> 'DELETE' then
        insert into organisation_reference (council_id, organisation_id, referrer_type, referrer_id)
        select distinct the_council, (reference #>> '{}')::uuid, the_type, the_id
        from unnest(array['$.**.organisation.id', '$.**.holderOrganisation.id', '$.**.founders[*].id', '$.**.leads[*].id']::jsonpath[]) path,
             jsonb_path_query(new.statement, path) reference;
    end if;
    return null;
end
$$;

create trigger council_1_stamp before insert or update on directory.council for each row execute function directory.stamp_council();
create trigger council_2_code after insert or update on directory.council for each row execute function directory.keep_code();
create trigger council_3_references after insert or update of statement on directory.council for each row execute function directory.keep_references();
create constraint trigger council_4_change after insert or delete on directory.council
    deferrable initially deferred for each row execute function directory.append_change();
create constraint trigger council_5_change after update on directory.council
    deferrable initially deferred for each row when (old.version <> new.version) execute function directory.append_change();

do $$
declare
    part text;
begin
    foreach part in array array['governance_body', 'working_group', 'organisation', 'contact', 'event'] loop
        execute format('create trigger %1$s_1_stamp before insert or update on directory.%1$I for each row execute function directory.stamp_part()', part);
        execute format('create trigger %1$s_2_raise_on_write after insert or delete on directory.%1$I for each row execute function directory.raise_council()', part);
        execute format('create trigger %1$s_2_raise_on_update after update on directory.%1$I for each row when (old.version <> new.version) execute function directory.raise_council()', part);
        execute format('create trigger %1$s_3_references after insert or update of statement or delete on directory.%1$I for each row execute function directory.keep_references()', part);
        execute format('create constraint trigger %1$s_4_change after insert or delete on directory.%1$I deferrable initially deferred for each row execute function directory.append_change()', part);
        execute format('create constraint trigger %1$s_5_change after update on directory.%1$I deferrable initially deferred for each row when (old.version <> new.version) execute function directory.append_change()', part);
        execute format('create index %1$s_name on directory.%1$I (council_id, name, id)', part);
        execute format('create index %1$s_national_name on directory.%1$I (name, council_id, id)', part);
        execute format('create index %1$s_updated on directory.%1$I (council_id, updated_at, id)', part);
        execute format('create index %1$s_national_updated on directory.%1$I (updated_at, council_id, id)', part);
    end loop;
end
$$;

-- Tenants -------------------------------------------------------------------------------------------------------------------------------

alter table directory.council enable row level security;
alter table directory.council force row level security;
create policy tenant on directory.council
    using (id = nullif(current_setting('clsm.council', true), '')::uuid)
    with check (id = nullif(current_setting('clsm.council', true), '')::uuid);

do $$
declare
    tenant_table text;
begin
    foreach tenant_table in array array['governance_body', 'working_group', 'organisation', 'contact', 'event', 'organisation_reference', 'change'] loop
        execute format('alter table directory.%I enable row level security', tenant_table);
        execute format('alter table directory.%I force row level security', tenant_table);
        execute format('create policy tenant on directory.%I
                            using (council_id = nullif(current_setting(''clsm.council'', true), '''')::uuid)
                            with check (council_id = nullif(current_setting(''clsm.council'', true), '''')::uuid)', tenant_table);
    end loop;
end
$$;

-- Keys ----------------------------------------------------------------------------------------------------------------------------------

create table directory.api_key (
    id uuid not null constraint api_key_pkey primary key,
    name text not null,
    secret_hash bytea not null constraint api_key_secret_hash unique,
    is_administrator boolean not null,
    council_ids uuid[] not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz
);

-- The service asks about one key at a time, by its hash: it cannot list keys or read the hashes of others.
create function directory.find_api_key(hash bytea)
    returns table (id uuid, name text, is_administrator boolean, council_ids uuid[])
    language sql stable security definer set search_path = pg_catalog, directory
as $$
    select k.id, k.name, k.is_administrator, k.council_ids
    from directory.api_key k
    where k.secret_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
$$;

-- What is public ------------------------------------------------------------------------------------------------------------------------

create view published.council as
    select c.id, c.code, c.statement, c.name, c.kind, c.status, c.themes, c.version, c.created_at, c.updated_at
    from directory.council c;

create view published.council_code as
    select k.code, k.council_id, k.since from directory.council_code k;

create view published.governance_body as
    select b.council_id, b.id, b.natural_key, b.statement, b.name, b.type, b.openness, b.version, b.created_at, b.updated_at, c.code as council_code
    from directory.governance_body b left join directory.council c on c.id = b.council_id;

create view published.working_group as
    select g.council_id, g.id, g.natural_key, g.statement, g.name, g.kind, g.status, g.themes, g.version, g.created_at, g.updated_at, c.code as council_code
    from directory.working_group g left join directory.council c on c.id = g.council_id;

create view published.organisation as
    select o.council_id, o.id, o.natural_key, o.statement, o.name, o.category, o.roles, o.siren, o.siret, o.finess, o.rna,
           o.version, o.created_at, o.updated_at, c.code as council_code
    from directory.organisation o left join directory.council c on c.id = o.council_id;

create view published.contact as
    select p.council_id, p.id, p.natural_key, p.statement, p.name, p.function, p.visibility, p.version, p.created_at, p.updated_at, c.code as council_code
    from directory.contact p left join directory.council c on c.id = p.council_id
    where p.visibility = 'public';

create view published.event as
    select e.council_id, e.id, e.natural_key, e.statement, e.name, e.kind, e.themes, e.version, e.created_at, e.updated_at, c.code as council_code
    from directory.event e left join directory.council c on c.id = e.council_id;

create view published.change_head as
    select h.only_row, h.cursor, h.at from directory.change_head h;

-- What the public could once see and no longer can.
create view published.removal as
    select x.cursor, x.council_id, x.council_code, x.type, x.id, x.at, x.reason
    from directory.change x
    where x.operation = 'removed' and x.public_before;

-- Rights --------------------------------------------------------------------------------------------------------------------------------

grant usage on schema directory to clsm_service, clsm_publisher, clsm_recorder;
grant usage on schema published to clsm_reader, clsm_service;

grant select, insert, update (statement, code), delete on directory.council to clsm_service;
grant select, insert, update (statement, natural_key), delete
    on directory.governance_body, directory.working_group, directory.organisation, directory.contact, directory.event to clsm_service;
grant select on directory.organisation_reference, directory.change, directory.change_head, directory.council_code to clsm_service;
revoke execute on function directory.find_api_key(bytea) from public;
grant execute on function directory.find_api_key(bytea) to clsm_service;

grant select on all tables in schema directory to clsm_publisher;
revoke select on directory.api_key from clsm_publisher;

grant select, update on directory.council, directory.change_head to clsm_recorder;
grant select, insert on directory.change to clsm_recorder;
grant select, insert, update on directory.council_code to clsm_recorder;
grant select, insert, delete on directory.organisation_reference to clsm_recorder;

grant create on schema directory to clsm_recorder;
alter function directory.append_change() owner to clsm_recorder;
alter function directory.raise_council() owner to clsm_recorder;
alter function directory.keep_code() owner to clsm_recorder;
alter function directory.keep_references() owner to clsm_recorder;
revoke create on schema directory from clsm_recorder;

grant create on schema published to clsm_publisher;
do $$
declare
    published_view text;
begin
    foreach published_view in array array['council', 'council_code', 'governance_body', 'working_group', 'organisation', 'contact', 'event', 'change_head', 'removal'] loop
        execute format('alter view published.%I owner to clsm_publisher', published_view);
        execute format('grant select on published.%I to clsm_reader, clsm_service', published_view);
    end loop;
end
$$;
revoke create on schema published from clsm_publisher;
