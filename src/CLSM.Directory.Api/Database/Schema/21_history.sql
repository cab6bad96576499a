-- What was written, by whom and from which request: every row of a council and of its parts as it was before and after. Triggers write it,
-- so that a repair by plain SQL is in it too. The service can read it, council by council, and can neither write nor change it.

create table directory.history (
    council_id uuid not null,
    -- The order of entries within a council: its writers come one after the other.
    number bigint not null generated always as identity,
    -- The version of the council that the write led to. Entries of one transaction share it.
    council_version integer not null,
    at timestamptz not null default clock_timestamp(),
    type text not null,
    id uuid not null,
    operation text not null constraint history_operation check (operation in ('created', 'updated', 'removed')),
    reason text,
    version integer not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- Who: `key:` and its id, `subject:` and an issuer's subject, `program` for what the product does by itself, `sql:` and a role.
    author text not null,
    request text,
    before jsonb,
    after jsonb,
    -- When personal values were taken out of it.
    erased_at timestamptz,
    constraint history_pkey primary key (council_id, number)
);

create index history_of_resource on directory.history (council_id, type, id, number desc) include (council_version);
create index history_at on directory.history (council_id, at);
create index history_version on directory.history (council_id, council_version);

-- Runs after the version of the council was raised: its row is locked from then on, so that the entries of a council are in order.
-- What is written for an objection leaves no image of what it takes away, and no contact outlives its council.
create function directory.append_history() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    is_council boolean := tg_table_name = 'council';
    the_reason text := nullif(current_setting('clsm.reason', true), '');
    the_council uuid;
    the_version integer;
    the_council_version integer;
    image_before jsonb;
    image_after jsonb;
    is_erased boolean := the_reason is not distinct from 'objection';
begin
    if is_council then
        the_council := coalesce(new.id, old.id);
        the_council_version := case when tg_op = 'DELETE' then old.version + 1 else new.version end;
        image_before := old.statement || jsonb_build_object('code', old.code);
        image_after := new.statement || jsonb_build_object('code', new.code);
    else
        the_council := coalesce(new.council_id, old.council_id);
        select c.version into the_council_version from council c where c.id = the_council;
        if the_council_version is null then
            -- The part goes with its council, which is gone already.
            select 1 + max(x.version) into the_council_version from change x where x.council_id = the_council and x.type = 'council';
            is_erased := is_erased or tg_table_name = 'contact';
        end if;
        image_before := old.statement;
        image_after := new.statement;
    end if;
    the_version := case when tg_op = 'DELETE' then old.version + 1 else new.version end;

    insert into history (
        council_id, council_version, type, id, operation, reason, version, created_at, updated_at, author, request, before, after,
        erased_at)
    values (
        the_council,
        coalesce(the_council_version, the_version),
        replace(tg_table_name, '_', '-'),
        coalesce(new.id, old.id),
        case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'updated' else 'removed' end,
        case when tg_op = 'DELETE' or the_reason = 'objection' then the_reason end,
        the_version,
        coalesce(new.created_at, old.created_at),
        now(),
        coalesce(nullif(current_setting('clsm.author', true), ''), 'sql:' || session_user),
        nullif(current_setting('clsm.request', true), ''),
        case when not is_erased then image_before end,
        image_after,
        case when is_erased then now() end);

    -- With its council, the history of a contact loses what it was for; and nobody could reach it any more to object.
    if is_council and tg_op = 'DELETE' then
        update history h set before = null, after = null, erased_at = now()
        where h.council_id = the_council and h.type = 'contact' and (h.before is not null or h.after is not null);
    end if;
    return null;
end
$$;

-- The row of a council also changes when one of its parts does; that is the entry of the part.
create trigger council_8_history after insert or delete on directory.council for each row execute function directory.append_history();

create trigger council_8_history_of_update after update on directory.council
    for each row when (old.statement is distinct from new.statement or old.code <> new.code) execute function directory.append_history();

-- The council and its parts as they were at a version, in the order of a document.
create function directory.document_at(the_council uuid, the_version integer)
    returns table (type text, id uuid, version integer, created_at timestamptz, updated_at timestamptz, statement jsonb)
    language sql stable set search_path = pg_catalog, directory
as $$
    with state as (
        select distinct on (h.type, h.id) h.type, h.id, h.version, h.created_at, h.updated_at, h.after
        from history h
        where h.council_id = the_council and h.council_version <= the_version
        order by h.type, h.id, h.number desc
    ), reached as (
        select h.council_version, h.updated_at from history h
        where h.council_id = the_council and h.council_version <= the_version
        order by h.council_version desc limit 1
    )
    select s.type, s.id,
           case when s.type = 'council' then r.council_version else s.version end,
           s.created_at,
           case when s.type = 'council' then r.updated_at else s.updated_at end,
           s.after
    from state s cross join reached r
    where s.after is not null
$$;

-- The version that stood at an instant: a transaction counts when all of it was written by then. Null before the first.
create function directory.version_at(the_council uuid, the_instant timestamptz) returns integer
    language sql stable set search_path = pg_catalog, directory
as $$
    select nullif(coalesce(
        (select h.council_version - 1 from history h
         where h.council_id = the_council and h.at > the_instant order by h.at, h.number limit 1),
        (select max(h.council_version) from history h where h.council_id = the_council)), 0)
$$;
