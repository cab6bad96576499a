-- What a follower of the change log needs besides it: by which region a change is found, what happened to councils that merged or closed,
-- and a notification at each commit that changed anything.

-- Which log this is, so that a cursor of another installation is recognised. It goes with the data through dump and restore.
alter table directory.change_head add column log uuid not null default gen_random_uuid();

alter table directory.change
    -- The councils that a merged council leads to.
    add column successors text[],
    -- Not a change of the thing itself: its council entered or left a region, and only followers of regions learn of it.
    add column moved boolean not null default false;

-- A thing can leave and enter regions many times in one version.
drop index directory.change_of_thing;
create unique index change_of_thing on directory.change (council_id, type, id, version, operation, (case when moved then cursor else 0 end));

create index change_public on directory.change (cursor) where public_before or public_after;
create index change_public_type on directory.change (type, cursor) where public_before or public_after;
create index change_public_council on directory.change (council_id, cursor) where public_before or public_after;

-- The public changes of each region, in order.
create table directory.change_region (
    region_code text not null,
    cursor bigint not null,
    type text not null,
    -- Where the council was before it entered, or still is after it left: who follows one of these regions too has seen nothing come or go.
    unless_in text[],
    constraint change_region_pkey primary key (region_code, cursor)
);

create index change_region_type on directory.change_region (region_code, type, cursor);

-- What the log has last said of a council: its status, and the regions that its territory touches. Days do not count here: a council that
-- will cover a commune, or did, belongs to its region, so that no region comes or goes by the passing of time, which nobody would log.
create table directory.council_standing (
    council_id uuid not null constraint council_standing_pkey primary key,
    status text,
    regions text[] not null,
    regions_next text[] not null
);

alter table directory.council_standing enable row level security;
alter table directory.council_standing force row level security;
create policy tenant on directory.council_standing
    using (council_id = nullif(current_setting('clsm.council', true), '')::uuid)
    with check (council_id = nullif(current_setting('clsm.council', true), '')::uuid);

create function directory.regions_of(council uuid) returns text[]
    language sql stable set search_path = pg_catalog, directory
as $$
    select array(
        select distinct c.region_code
        from coverage v join reference_commune c on c.code = v.commune_code and c.type in ('commune', 'municipal-arrondissement')
        where v.council_id = council
        order by 1)
$$;

create or replace function directory.append_change() returns trigger
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
        -- As the council stands at the end of the transaction, whichever of its updates this change was noted at.
        select c.status, case when c.status = 'merged' then texts(c.statement -> 'successors') end
            into the_status, the_successors from council c where c.id = the_council;
        update council_standing s set status = the_status where s.council_id = the_council and s.status is distinct from the_status;
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
        select r, the_cursor, the_type from council_standing s, unnest(s.regions) r where s.council_id = the_council;
    end if;
    return null;
end
$$;

-- A new council belongs to its regions before its first change is noted (its name puts this trigger first). A territory that changes is only
-- marked here: everything else of the transaction is still noted for the regions that the council was in.
create function directory.keep_regions() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    present text[] := regions_of(new.id);
begin
    perform from change_head for update;
    if tg_op = 'INSERT' then
        insert into council_standing as s (council_id, status, regions, regions_next) values (new.id, null, present, present)
        on conflict (council_id) do update set status = null, regions = excluded.regions, regions_next = excluded.regions_next;
    else
        update council_standing s set regions_next = present where s.council_id = new.id and s.regions_next <> present;
    end if;
    return null;
end
$$;

-- Everything public of a council leaves, or enters, regions.
create function directory.append_move(the_council uuid, the_operation text, the_regions text[], elsewhere text[]) returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    with thing as (
        select 'council' as type, id, version, case when status = 'merged' then texts(statement -> 'successors') end as successors from council where id = the_council
        union all select 'governance-body', id, version, null from governance_body where council_id = the_council
        union all select 'working-group', id, version, null from working_group where council_id = the_council
        union all select 'organisation', id, version, null from organisation where council_id = the_council
        union all select 'contact', id, version, null from contact where council_id = the_council and visibility = 'public'
        union all select 'event', id, version, null from event where council_id = the_council
    ), numbered as (
        select thing.*, (select h.cursor from change_head h) + row_number() over (order by type <> 'council', type, id) as cursor
        from thing where cardinality(the_regions) > 0
    ), noted as (
        insert into change (cursor, at, council_id, council_code, type, id, version, operation, reason, public_before, public_after, successors, moved)
        select cursor, clock_timestamp(), the_council, (select c.code from council c where c.id = the_council), type, id, version, the_operation, 'moved',
               true, true, successors, true
        from numbered
        returning cursor, type
    ), found as (
        insert into change_region (region_code, cursor, type, unless_in)
        select r, cursor, type, elsewhere from noted, unnest(the_regions) r
    )
    update change_head h set cursor = n.cursor, at = clock_timestamp() from (select max(cursor) as cursor from noted) n where n.cursor is not null
$$;

-- Runs after all that the transaction itself noted: deferred triggers that deferred triggers cause come in a round of their own.
create function directory.follow_move() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    standing council_standing;
begin
    perform from change_head for update;
    select * into standing from council_standing s where s.council_id = new.council_id;
    perform append_move(standing.council_id, 'removed', array(select unnest(standing.regions) except select unnest(standing.regions_next)), standing.regions_next);
    perform append_move(standing.council_id, 'created', array(select unnest(standing.regions_next) except select unnest(standing.regions)), standing.regions);
    update council_standing s set regions = s.regions_next where s.council_id = new.council_id;
    return null;
end
$$;

-- A new vintage of the reference can put a council elsewhere without a word of its own.
create function directory.follow_reference() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform from change_head for update;
    with present as (
        select v.council_id, array_agg(distinct c.region_code order by c.region_code) as regions
        from coverage v join reference_commune c on c.code = v.commune_code and c.type in ('commune', 'municipal-arrondissement')
        group by v.council_id
    )
    update council_standing s set regions_next = coalesce(p.regions, '{}')
    from council k left join present p on p.council_id = k.id
    where k.id = s.council_id and s.regions_next <> coalesce(p.regions, '{}');
    return null;
end
$$;

-- The cursor and nothing else: who is told reads the log. The same words twice in a transaction are sent once.
create function directory.tell_change() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    perform pg_notify('clsm_change', (select h.cursor::text from change_head h));
    return null;
end
$$;

create constraint trigger council_3_regions_new after insert on directory.council
    deferrable initially deferred for each row execute function directory.keep_regions();
create constraint trigger council_3_regions_next after update on directory.council
    deferrable initially deferred for each row
    when (old.statement -> 'territory' is distinct from new.statement -> 'territory') execute function directory.keep_regions();
create constraint trigger council_standing_move after update on directory.council_standing
    deferrable initially deferred for each row when (old.regions_next <> new.regions_next) execute function directory.follow_move();
create constraint trigger reference_state_regions after update on directory.reference_state
    deferrable initially deferred for each row when (old.version <> new.version) execute function directory.follow_reference();
create constraint trigger change_head_tell after update on directory.change_head
    deferrable initially deferred for each row execute function directory.tell_change();

-- What is public ------------------------------------------------------------------------------------------------------------------------

create or replace view published.change_head as
    select h.only_row, h.cursor, h.at, h.log from directory.change_head h;

-- Seen by the public, what becomes public is created, and what no longer is was removed; what never was does not appear.
create view published.change as
    select x.cursor, x.at, x.council_id, x.council_code, x.type, x.id, x.version,
           case when not x.public_before then 'created' when not x.public_after then 'removed' else x.operation end as operation,
           x.reason, x.successors, x.moved
    from directory.change x
    where x.public_before or x.public_after;

create view published.change_region as
    select r.region_code, r.cursor, r.type, r.unless_in from directory.change_region r;

create or replace view published.removal as
    select x.cursor, x.council_id, x.council_code, x.type, x.id, x.at, x.reason
    from directory.change x
    where x.operation = 'removed' and x.public_before and not x.moved;

-- Rights --------------------------------------------------------------------------------------------------------------------------------

grant select, insert on directory.change_region to clsm_recorder;
grant select, insert, update on directory.council_standing to clsm_recorder;
grant select on directory.governance_body, directory.working_group, directory.organisation, directory.contact, directory.event to clsm_recorder;
grant select on directory.change_region to clsm_publisher;

grant create on schema directory to clsm_recorder;
alter function directory.keep_regions() owner to clsm_recorder;
alter function directory.append_move(uuid, text, text[], text[]) owner to clsm_recorder;
alter function directory.follow_move() owner to clsm_recorder;
alter function directory.follow_reference() owner to clsm_recorder;
alter function directory.tell_change() owner to clsm_recorder;
revoke execute on function directory.append_move(uuid, text, text[], text[]) from public;
grant execute on function directory.append_move(uuid, text, text[], text[]) to clsm_recorder;
revoke create on schema directory from clsm_recorder;

grant create on schema published to clsm_publisher;
alter view published.change owner to clsm_publisher;
alter view published.change_region owner to clsm_publisher;
grant select on published.change, published.change_region to clsm_reader, clsm_service;
revoke create on schema published from clsm_publisher;

-- Councils that are there already stand where they stand, and so do their changes so far.
create function directory.take_standing() returns void
    language sql security definer set search_path = pg_catalog, directory
as $$
    insert into council_standing (council_id, status, regions, regions_next)
    select c.id, c.status, r.regions, r.regions from council c cross join lateral (select regions_of(c.id) as regions) r;
    insert into change_region (region_code, cursor, type)
    select r, x.cursor, x.type from change x join council_standing s on s.council_id = x.council_id, unnest(s.regions) r
    where x.public_before or x.public_after;
$$;
grant create on schema directory to clsm_recorder;
alter function directory.take_standing() owner to clsm_recorder;
revoke create on schema directory from clsm_recorder;
select directory.take_standing();
drop function directory.take_standing();
