-- Keys with all their scopes, rotated with two secrets valid at a time, and managed over HTTP too: by functions, so that the service's role
-- still reads no hash and writes nothing of a key but what these let it.

alter table directory.api_key
    -- Regions whose councils' contacts for partners it reads.
    add column region_codes text[] not null default '{}',
    -- The secret before the last rotation, valid for a while beside the new one.
    add column previous_hash bytea constraint api_key_previous_hash unique,
    add column previous_until timestamptz,
    add column rotated_at timestamptz,
    add column last_used_at timestamptz,
    add constraint api_key_previous check ((previous_hash is null) = (previous_until is null));

create index api_key_age on directory.api_key (created_at, id);

drop function directory.find_api_key(bytea);

-- One key, by the hash of either of its secrets; and whether its use is to be noted, once a minute at most.
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

create function directory.create_api_key(id uuid, name text, hash bytea, is_administrator boolean, council_ids uuid[], region_codes text[], expires_at timestamptz) returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    insert into api_key (id, name, secret_hash, is_administrator, council_ids, region_codes, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
$$;

-- False where there is no such key, or none that is valid.
create function directory.rotate_api_key(key uuid, new_hash bytea, overlap interval) returns boolean
    language sql security definer set search_path = pg_catalog, directory
as $$
    with rotated as (
        update api_key k
        set previous_hash = k.secret_hash, previous_until = clock_timestamp() + overlap, secret_hash = new_hash, rotated_at = clock_timestamp()
        where k.id = key and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
        returning 1)
    select exists (select from rotated)
$$;

-- False where there is no such key. Revoking twice is revoking once.
create function directory.revoke_api_key(key uuid) returns boolean
    language sql security definer set search_path = pg_catalog, directory
as $$
    with revoked as (
        update api_key k set revoked_at = coalesce(k.revoked_at, clock_timestamp()) where k.id = key returning 1)
    select exists (select from revoked)
$$;

create view directory.api_key_entry as
    select k.id, k.name,
           case when k.is_administrator then array['admin'] else '{}'::text[] end
               || array(select 'council:' || present.code
                        from unnest(k.council_ids) with ordinality as held (council, place)
                        cross join lateral (select c.code from directory.council_code c where c.council_id = held.council order by c.since desc limit 1) present
                        order by held.place)
               || array(select 'read:restricted:' || region from unnest(k.region_codes) region) as scopes,
           k.created_at, k.expires_at, k.revoked_at, k.rotated_at,
           case when k.previous_until > clock_timestamp() then k.previous_until end as previous_until,
           k.last_used_at
    from directory.api_key k;

-- What an agency sees of its region's councils: besides what is public, the contacts for partners. The regions are set for each transaction; that
-- a council lies in one of them is the reference's word, not the caller's. A barrier: no condition of a query sees a row before this one does.
create schema partners;

create view partners.contact with (security_barrier) as
    select p.council_id, p.id, p.natural_key, p.statement, p.name, p.function, p.visibility, p.version, p.created_at, p.updated_at, c.code as council_code
    from directory.contact p left join directory.council c on c.id = p.council_id
    where p.visibility = 'public'
       or (p.visibility = 'partners' and exists (
            select from directory.coverage v join directory.reference_commune r on r.code = v.commune_code
            where v.council_id = p.council_id and r.region_code = any(string_to_array(nullif(current_setting('clsm.regions', true), ''), ','))));

-- Rights --------------------------------------------------------------------------------------------------------------------------------

grant usage on schema partners to clsm_service;
grant create on schema partners to clsm_publisher;
alter view partners.contact owner to clsm_publisher;
revoke create on schema partners from clsm_publisher;
grant select on partners.contact, directory.api_key_entry to clsm_service;

do $$
declare
    the_function regprocedure;
begin
    foreach the_function in array array[
        'directory.find_api_key(bytea)', 'directory.note_key_use(uuid[])', 'directory.rotate_api_key(uuid,bytea,interval)', 'directory.revoke_api_key(uuid)',
        'directory.create_api_key(uuid,text,bytea,boolean,uuid[],text[],timestamptz)']::regprocedure[] loop
        execute format('revoke execute on function %s from public', the_function);
        execute format('grant execute on function %s to clsm_service', the_function);
    end loop;
end
$$;
