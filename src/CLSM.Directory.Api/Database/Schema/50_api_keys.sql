-- API keys. The service cannot read the table: it asks about one key at a time, by its hash, and writes through functions that change
-- nothing else. So it can neither list secrets nor read the hashes of others.

create table directory.api_key (
    id uuid not null constraint api_key_pkey primary key,
    name text not null,
    secret_hash bytea not null constraint api_key_secret_hash unique,
    is_administrator boolean not null,
    council_ids uuid[] not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    -- The regions of whose councils it may read the contacts for partners.
    region_codes text[] not null default '{}',
    -- The secret before the last rotation, valid for a while together with the new one.
    previous_hash bytea constraint api_key_previous_hash unique,
    previous_until timestamptz,
    rotated_at timestamptz,
    last_used_at timestamptz,
    constraint api_key_previous check ((previous_hash is null) = (previous_until is null))
);

create index api_key_age on directory.api_key (created_at, id);

-- One key, by the hash of either of its secrets, and whether its last use must be updated: once a minute at most.
create function directory.find_api_key(hash bytea)
    returns table (id uuid, name text, is_administrator boolean, council_ids uuid[], region_codes text[], is_use_to_note boolean)
    language sql stable security definer set search_path = pg_catalog, directory
as $$
    select k.id, k.name, k.is_administrator, k.council_ids, k.region_codes,
           k.last_used_at is null or k.last_used_at < clock_timestamp() - interval '1 minute'
    from api_key k
    where (k.secret_hash = hash or (k.previous_hash = hash and k.previous_until > clock_timestamp()))
      and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
$$;

create function directory.note_key_use(ids uuid[]) returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    update api_key k set last_used_at = clock_timestamp()
    where k.id = any(ids) and (k.last_used_at is null or k.last_used_at < clock_timestamp() - interval '1 minute')
$$;

create function directory.create_api_key(
    id uuid, name text, hash bytea, is_administrator boolean, council_ids uuid[], region_codes text[], expires_at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    insert into api_key (id, name, secret_hash, is_administrator, council_ids, region_codes, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
$$;

-- Returns false where there is no such key, or none that is valid.
create function directory.rotate_api_key(key uuid, new_hash bytea, overlap interval) returns boolean
    language sql security definer set search_path = pg_catalog, directory
as $$
    with rotated as (
        update api_key k
        set previous_hash = k.secret_hash, previous_until = clock_timestamp() + overlap,
            secret_hash = new_hash, rotated_at = clock_timestamp()
        where k.id = key and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
        returning 1)
    select exists (select from rotated)
$$;

-- Returns false where there is no such key. Revoking twice is revoking once.
create function directory.revoke_api_key(key uuid) returns boolean
    language sql security definer set search_path = pg_catalog, directory
as $$
    with revoked as (
        update api_key k set revoked_at = coalesce(k.revoked_at, clock_timestamp()) where k.id = key returning 1)
    select exists (select from revoked)
$$;

-- The keys as they are listed: without hashes, with the codes of their councils.
create view directory.api_key_entry as
    select k.id, k.name,
           case when k.is_administrator then array['admin'] else '{}'::text[] end
               || array(select 'council:' || present.code
                        from unnest(k.council_ids) with ordinality as held (council, place)
                        cross join lateral (
                            select c.code from directory.council_code c
                            where c.council_id = held.council order by c.since desc limit 1) present
                        order by held.place)
               || array(select 'read:restricted:' || region from unnest(k.region_codes) region) as scopes,
           k.created_at, k.expires_at, k.revoked_at, k.rotated_at,
           case when k.previous_until > clock_timestamp() then k.previous_until end as previous_until,
           k.last_used_at
    from directory.api_key k;
