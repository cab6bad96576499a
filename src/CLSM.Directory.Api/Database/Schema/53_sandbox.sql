-- The nightly reset of the sandbox (its id and its visibility: 01_schemas.sql).

create table directory.sandbox_state (
    only_row boolean not null default true constraint sandbox_state_pkey primary key check (only_row),
    reset_at timestamptz not null,
    -- The last cursor of the change log then.
    reset_cursor bigint not null
);

insert into directory.sandbox_state (reset_at, reset_cursor) values (now(), 0);

-- Ends the transaction that resets the sandbox: removes what was written there. Returns false where another node has done it since the
-- given instant. Of each resource its last entry stays, and of what is gone the entry of its removal until the next reset. So who follows
-- the sandbox day by day misses nothing, and no cursor becomes invalid.
create function directory.reset_sandbox(due timestamptz) returns boolean
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
               -- A later entry of the same resource, of the same visibility.
               select from change later
               where later.council_id = x.council_id and later.type = x.type and later.id = x.id and later.cursor > x.cursor
                 and (later.public_before or later.public_after or not (x.public_before or x.public_after)))
           or x.operation = 'removed' and x.cursor <= before);
    delete from stored_response where is_sandbox;
    -- Of the history only the present version stays.
    delete from history h
    where h.council_id = sandbox()
      and (h.after is null
           or exists (
               select from history later
               where later.council_id = h.council_id and later.type = h.type and later.id = h.id and later.number > h.number));
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
