-- The change log: what followers of the directory read. One entry for each resource that a transaction changed, numbered in the order of
-- commits; by which region an entry is found; what happened to councils that merged or closed; a notification at each commit.

-- The number of the last change. Its one row is locked from the moment the first change of a transaction is numbered until it commits.
-- Numbering happens at the end of the transaction (deferred triggers), so that the lock is short. So numbers are in the order of commits,
-- without a gap, and survive dump and restore.
create table directory.change_head (
    only_row boolean not null default true constraint change_head_pkey primary key check (only_row),
    cursor bigint not null,
    at timestamptz not null default now(),
    -- Which log this is, so that a cursor of another installation is recognised. It goes with the data through dump and restore.
    log uuid not null default gen_random_uuid()
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
    -- Whether the public could see the resource before and after. What it never could see must not appear in its change feed.
    public_before boolean not null,
    public_after boolean not null,
    -- The councils that a merged council leads to.
    successors text[],
    -- Not a change of the resource itself: its council entered or left a region, and only followers of regions learn of it.
    moved boolean not null default false
);

-- A resource has one entry for each version, but it can leave and enter regions many times in one version.
create unique index change_of_resource
    on directory.change (council_id, type, id, version, operation, (case when moved then cursor else 0 end));
create index change_public on directory.change (cursor) where public_before or public_after;
create index change_public_type on directory.change (type, cursor) where public_before or public_after;
create index change_public_council on directory.change (council_id, cursor) where public_before or public_after;
create index change_of_contact on directory.change (id, cursor) where type = 'contact';

-- For readers who do not name the sandbox, the log ends with the last change of anything else.
create index change_national on directory.change (cursor) where council_id <> directory.sandbox();

-- The public changes of each region, in order.
create table directory.change_region (
    region_code text not null,
    cursor bigint not null,
    type text not null,
    -- The regions in which the council was before it entered, or still is after it left. Who follows one of these as well has seen
    -- nothing come or go.
    unless_in text[],
    constraint change_region_pkey primary key (region_code, cursor)
);

create index change_region_type on directory.change_region (region_code, type, cursor);

-- The status and the regions of a council when the log was last written. Days do not count here: a council that will cover a commune, or
-- did, belongs to its region. Otherwise a council would enter or leave a region on some day, and no change would say so.
create table directory.council_log_state (
    council_id uuid not null constraint council_log_state_pkey primary key,
    status text,
    regions text[] not null,
    regions_next text[] not null
);

-- Appends one change --------------------------------------------------------------------------------------------------------------

create function directory.append_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    old_row jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
    new_row jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
    the_row jsonb := coalesce(new_row, old_row);
    the_council uuid := coalesce(the_row ->> 'council_id', the_row ->> 'id')::uuid;
    the_type text := replace(tg_table_name, '_', '-');
    was_public boolean := old_row is not null and coalesce(old_row ->> 'visibility', 'public') = 'public';
    is_public boolean := new_row is not null and coalesce(new_row ->> 'visibility', 'public') = 'public';
    the_reason text;
    the_status text;
    the_successors text[];
    the_cursor bigint;
begin
    update change_head set cursor = cursor + 1, at = clock_timestamp() returning cursor into the_cursor;

    if tg_op = 'DELETE' or was_public and not is_public then
        the_reason := coalesce(nullif(current_setting('clsm.reason', true), ''), case when tg_op = 'UPDATE' then 'restricted' end);
    elsif the_type = 'council' then
        -- The status at the end of the transaction: one transaction may update the council several times.
        select c.status, case when c.status = 'merged' then texts(c.statement -> 'successors') end
            into the_status, the_successors from council c where c.id = the_council;
        update council_log_state s set status = the_status where s.council_id = the_council and s.status is distinct from the_status;
        if found and tg_op = 'UPDATE' and the_status in ('merged', 'closed') then
            the_reason := the_status;
        end if;
    end if;

    insert into change (cursor, at, council_id, council_code, type, id, version, operation, reason, public_before, public_after, successors)
    values (
        the_cursor,
        clock_timestamp(),
        the_council,
        (select k.code from council_code k where k.council_id = the_council order by k.since desc limit 1),
        the_type,
        (the_row ->> 'id')::uuid,
        (the_row ->> 'version')::integer + case when tg_op = 'DELETE' then 1 else 0 end,
        case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'updated' else 'removed' end,
        the_reason,
        was_public,
        is_public,
        the_successors);
    if was_public or is_public then
        insert into change_region (region_code, cursor, type)
        select r, the_cursor, the_type from council_log_state s, unnest(s.regions) r where s.council_id = the_council;
    end if;
    return null;
end
$$;

create constraint trigger council_4_change after insert or delete on directory.council
    deferrable initially deferred for each row execute function directory.append_change();

create constraint trigger council_5_change after update on directory.council
    deferrable initially deferred for each row when (old.version <> new.version) execute function directory.append_change();

-- Tells listeners the last cursor and nothing else: they read the log. "clsm_change" leaves out the sandbox, so that a change there wakes
-- nobody who does not follow it. PostgreSQL sends the same text only once a transaction.
create function directory.notify_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform pg_notify('clsm_change', coalesce((
        select x.cursor from change x where x.council_id <> directory.sandbox() order by x.cursor desc limit 1), 0)::text);
    perform pg_notify('clsm_change_anywhere', (select h.cursor::text from change_head h));
    return null;
end
$$;

create constraint trigger change_head_notify after update on directory.change_head
    deferrable initially deferred for each row execute function directory.notify_change();

-- Regions -------------------------------------------------------------------------------------------------------------------------

-- A new council belongs to its regions before its first change is logged: its name puts this trigger first. A territory that changes is
-- only marked here: all other changes of the transaction are still logged for the regions that the council was in.
create function directory.sync_regions() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    present text[] := regions_of(new.id);
begin
    perform from change_head for update;
    if tg_op = 'INSERT' then
        insert into council_log_state as s (council_id, status, regions, regions_next) values (new.id, null, present, present)
        on conflict (council_id) do update set status = null, regions = excluded.regions, regions_next = excluded.regions_next;
    else
        update council_log_state s set regions_next = present where s.council_id = new.id and s.regions_next <> present;
    end if;
    return null;
end
$$;

create constraint trigger council_3_regions_new after insert on directory.council
    deferrable initially deferred for each row execute function directory.sync_regions();

create constraint trigger council_3_regions_next after update on directory.council
    deferrable initially deferred for each row
    when (old.statement -> 'territory' is distinct from new.statement -> 'territory') execute function directory.sync_regions();

-- Logs that everything public of a council leaves, or enters, regions.
create function directory.append_move(the_council uuid, the_operation text, the_regions text[], elsewhere text[]) returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    with resource as (
        select r.type, r.id, r.version,
               case when r.type = 'council' and r.statement ->> 'status' = 'merged'
                    then texts(r.statement -> 'successors') end as successors
        from council_resource r
        where r.council_id = the_council and r.is_public
    ), numbered as (
        select resource.*, (select h.cursor from change_head h) + row_number() over (order by type <> 'council', type, id) as cursor
        from resource where cardinality(the_regions) > 0
    ), noted as (
        insert into change (
            cursor, at, council_id, council_code, type, id, version, operation, reason, public_before, public_after, successors, moved)
        select cursor, clock_timestamp(), the_council, (select c.code from council c where c.id = the_council), type, id, version,
               the_operation, 'moved', true, true, successors, true
        from numbered
        returning cursor, type
    ), found as (
        insert into change_region (region_code, cursor, type, unless_in)
        select r, cursor, type, elsewhere from noted, unnest(the_regions) r
    )
    update change_head h set cursor = n.cursor, at = clock_timestamp()
    from (select max(cursor) as cursor from noted) n
    where n.cursor is not null
$$;

-- Runs after all changes of the transaction itself are logged: PostgreSQL runs deferred triggers that deferred triggers cause in a second
-- round.
create function directory.follow_move() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    state council_log_state;
begin
    perform from change_head for update;
    select * into state from council_log_state s where s.council_id = new.council_id;
    perform append_move(
        state.council_id, 'removed', array(select unnest(state.regions) except select unnest(state.regions_next)), state.regions_next);
    perform append_move(
        state.council_id, 'created', array(select unnest(state.regions_next) except select unnest(state.regions)), state.regions);
    update council_log_state s set regions = s.regions_next where s.council_id = new.council_id;
    return null;
end
$$;

create constraint trigger council_log_state_move after update on directory.council_log_state
    deferrable initially deferred for each row when (old.regions_next <> new.regions_next) execute function directory.follow_move();
