-- Which council came after which, to refuse a succession that leads in a circle.

-- From the statement of either of the two councils. By code, not by id: of two councils that name each other, one is written first.
create table directory.succession (
    council_id uuid not null constraint succession_council references directory.council (id) on delete cascade,
    earlier text not null,
    later text not null,
    constraint succession_pkey primary key (council_id, earlier, later)
);

create index succession_earlier on directory.succession (earlier, later);

-- Refuses a succession that leads back to its own council.
create function directory.sync_succession() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    if tg_op = 'UPDATE'
       and (new.code, new.statement -> 'successors', new.statement -> 'predecessors')
           is not distinct from (old.code, old.statement -> 'successors', old.statement -> 'predecessors')
       or tg_op = 'INSERT' and not new.statement ?| array['successors', 'predecessors'] then
        return null;
    end if;

    -- One transaction at a time: of two councils that merge into each other at once, the second must see the first.
    perform pg_advisory_xact_lock(hashtextextended('directory.succession', 0));
    delete from succession s where s.council_id = new.id;
    insert into succession (council_id, earlier, later)
    select new.id, new.code, c from jsonb_array_elements_text(new.statement -> 'successors') c
    union
    select new.id, c, new.code from jsonb_array_elements_text(new.statement -> 'predecessors') c;

    if exists (
        with recursive after as (
            select s.later as code from succession s join council_code own on own.code = s.earlier where own.council_id = new.id
            union
            -- A council may be named by any code that it ever had.
            select s.later
            from after a
            left join council_code named on named.code = a.code
            left join council_code other on other.council_id = named.council_id
            join succession s on s.earlier = coalesce(other.code, a.code)
        )
        select from after a join council_code k on k.code = a.code where k.council_id = new.id) then
        raise exception 'the succession of % leads back to it', new.code
            using errcode = 'check_violation', schema = 'directory', table = 'succession', constraint = 'succession_no_loop';
    end if;
    return null;
end
$$;

create trigger council_7_succession after insert or update of statement, code on directory.council
    for each row execute function directory.sync_succession();

-- The predecessors and successors of the sandbox have no effect: anyone may write them, and they must not close a circle for a council
-- that exists.
create function directory.skip_sandbox_succession() returns trigger
    language plpgsql set search_path = pg_catalog
as $$
begin
    return null;
end
$$;

create trigger succession_1_sandbox before insert on directory.succession
    for each row when (new.council_id = directory.sandbox()) execute function directory.skip_sandbox_succession();
