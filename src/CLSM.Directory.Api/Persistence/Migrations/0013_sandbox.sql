-- A council that is made up, to which anyone may write: seen where it is asked for by name and nowhere else, and made new every night.

-- Its id, the same in every installation, so that what follows can say it.
create function directory.sandbox() returns uuid
    language sql immutable parallel safe
    return '00000000-0000-7000-8000-000000000000'::uuid;

-- Whether a council may be seen by who reads now. Every published view asks this, so that no list, count, search or export has to think of it.
create function directory.is_shown(council uuid) returns boolean
    language sql stable parallel safe
    return council <> '00000000-0000-7000-8000-000000000000'::uuid or current_setting('clsm.sandbox', true) = 'on';

do $$
declare
    published_view record;
begin
    for published_view in
        select c.relname as name, a.attname as council, rtrim(pg_get_viewdef(c.oid), ';') as definition
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and (a.attname = 'council_id' or c.relname = 'council' and a.attname = 'id')
        -- Codes are how it is asked for.
        where c.relnamespace = 'published'::regnamespace and c.relkind = 'v' and c.relname <> 'council_code'
    loop
        execute format('create or replace view published.%I as select v.* from (%s) v where directory.is_shown(v.%I)', published_view.name, published_view.definition, published_view.council);
    end loop;
end
$$;

create or replace view partners.contact with (security_barrier) as
    select p.council_id, p.id, p.natural_key, p.statement, p.name, p.function, p.visibility, p.version, p.created_at, p.updated_at, c.code as council_code
    from directory.contact p left join directory.council c on c.id = p.council_id
    where (p.visibility = 'public'
           or (p.visibility = 'partners' and exists (
                select from directory.coverage v join directory.reference_commune r on r.code = v.commune_code
                where v.council_id = p.council_id and r.region_code = any(string_to_array(nullif(current_setting('clsm.regions', true), ''), ',')))))
      and directory.is_shown(p.council_id);

-- The change log ------------------------------------------------------------------------------------------------------------------------

-- One sequence for all, so that a cursor goes with any filter. For who does not ask for the sandbox the log ends with the last change of
-- anything else: nothing that is written there makes another answer look new or wakes who waits for another.
create index change_national on directory.change (cursor) where council_id <> '00000000-0000-7000-8000-000000000000'::uuid;

create or replace view published.change_head as
    select h.only_row,
           case when directory.is_shown(directory.sandbox()) then h.cursor else coalesce(n.cursor, 0) end as cursor,
           case when directory.is_shown(directory.sandbox()) then h.at else coalesce(n.at, h.at) end as at,
           h.log,
           h.cursor as last_cursor
    from directory.change_head h
    left join lateral (
        select x.cursor, x.at from directory.change x
        where x.council_id <> '00000000-0000-7000-8000-000000000000'::uuid
        order by x.cursor desc limit 1) n on true;

create or replace function directory.tell_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform pg_notify('clsm_change', coalesce((
        select x.cursor from change x where x.council_id <> '00000000-0000-7000-8000-000000000000'::uuid order by x.cursor desc limit 1), 0)::text);
    perform pg_notify('clsm_change_anywhere', (select h.cursor::text from change_head h));
    return null;
end
$$;

-- It lies in no region, whatever somebody writes about its territory.
create or replace function directory.regions_of(council uuid) returns text[]
    language sql stable set search_path = pg_catalog, directory
as $$
    select array(
        select distinct p.code from covered_place p where p.council_id = council and p.council_id <> sandbox() and p.kind = 'region' order by 1)
$$;

create or replace function directory.follow_reference() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform from change_head for update;
    with present as (
        select p.council_id, array_agg(distinct p.code order by p.code) as regions
        from covered_place p where p.kind = 'region' and p.council_id <> sandbox() group by p.council_id
    )
    update council_standing s set regions_next = coalesce(p.regions, '{}')
    from council k left join present p on p.council_id = k.id
    where k.id = s.council_id and s.regions_next <> coalesce(p.regions, '{}');
    return null;
end
$$;

-- Whom it claims to follow or to lead to is its own play: nobody's succession may end in a loop by it.
create function directory.plays_no_part() returns trigger
    language plpgsql set search_path = pg_catalog
as $$
begin
    return null;
end
$$;

create trigger succession_1_sandbox before insert on directory.succession
    for each row when (new.council_id = '00000000-0000-7000-8000-000000000000'::uuid) execute function directory.plays_no_part();

-- Making it new -------------------------------------------------------------------------------------------------------------------------

alter table directory.kept_answer add column is_sandbox boolean not null default false;
create index kept_answer_sandbox on directory.kept_answer (kept_at) where is_sandbox;

create table directory.sandbox_state (
    only_row boolean not null default true constraint sandbox_state_pkey primary key check (only_row),
    reset_at timestamptz not null,
    -- Where the log ended then.
    reset_cursor bigint not null
);

insert into directory.sandbox_state (reset_at, reset_cursor) values (now(), 0);

-- Ends the transaction that makes the sandbox new: forgets what was written there. False where another node has done it since the given
-- instant. Of each thing its last entry stays, and of what is gone the tombstone until the next time: who follows the sandbox day by day
-- misses nothing, and nobody's cursor ends to be one.
create function directory.forget_sandbox(due timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    before bigint;
begin
    select s.reset_cursor into before from sandbox_state s where due is null or s.reset_at < due for update;
    if not found then
        return false;
    end if;

    set constraints all immediate;
    delete from change x
    where x.council_id = sandbox()
      and (exists (
               -- Said again later, as the public sees it.
               select from change later
               where later.council_id = x.council_id and later.type = x.type and later.id = x.id and later.cursor > x.cursor
                 and (later.public_before or later.public_after or not (x.public_before or x.public_after)))
           or x.operation = 'removed' and x.cursor <= before);
    delete from kept_answer where is_sandbox;
    -- The present version alone can be read back.
    delete from history h
    where h.council_id = sandbox()
      and (h.after is null or exists (select from history later where later.council_id = h.council_id and later.type = h.type and later.id = h.id and later.number > h.number));
    update history h set before = null where h.council_id = sandbox() and h.before is not null;
    update sandbox_state s set reset_at = clock_timestamp(), reset_cursor = (select h.cursor from change_head h);
    return true;
end
$$;

create function directory.sandbox_reset_at() returns timestamptz
    language sql stable security definer set search_path = pg_catalog, directory
as $$
    select s.reset_at from sandbox_state s
$$;

-- Rights --------------------------------------------------------------------------------------------------------------------------------

grant select, update on directory.sandbox_state to clsm_recorder;
grant delete on directory.change, directory.kept_answer, directory.history to clsm_recorder;
grant select (is_sandbox) on directory.kept_answer to clsm_recorder;

grant create on schema directory to clsm_recorder;
alter function directory.forget_sandbox(timestamptz) owner to clsm_recorder;
alter function directory.sandbox_reset_at() owner to clsm_recorder;
revoke create on schema directory from clsm_recorder;
revoke execute on function directory.forget_sandbox(timestamptz), directory.sandbox_reset_at() from public;
grant execute on function directory.forget_sandbox(timestamptz), directory.sandbox_reset_at() to clsm_service;
