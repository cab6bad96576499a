-- The roles of the directory, made once in a cluster by a role that may create roles with BYPASSRLS (a superuser).
-- Log-in roles get their passwords from who calls this: ALTER ROLE … PASSWORD '…'.
--   clsm_owner      owns schemas and tables; migrations only
--   clsm_service    reads and writes one council at a time under row-level security; owns nothing, bypasses nothing
--   clsm_reader     national reading: the schema "published" and nothing else
--   clsm_publisher  owns the views of "published"; cannot log in; passes row security, reads only
--   clsm_recorder   owns the trigger functions that keep versions, the change log and references; cannot log in
do $$
begin
    if not exists (select from pg_roles where rolname = 'clsm_publisher') then
        create role clsm_publisher nologin nosuperuser nocreatedb nocreaterole bypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'clsm_recorder') then
        create role clsm_recorder nologin nosuperuser nocreatedb nocreaterole bypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'clsm_owner') then
        create role clsm_owner login nosuperuser nocreatedb nocreaterole nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'clsm_service') then
        create role clsm_service login nosuperuser nocreatedb nocreaterole nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'clsm_reader') then
        create role clsm_reader login nosuperuser nocreatedb nocreaterole nobypassrls;
    end if;
end
$$;

-- So that migrations, run by clsm_owner, can hand views and functions over to them.
grant clsm_publisher, clsm_recorder to clsm_owner;

-- So that the command "vacuum" can end the write-ahead log that holds what was erased.
grant pg_checkpoint to clsm_owner;

alter role clsm_service set statement_timeout = '15s';
alter role clsm_service set lock_timeout = '5s';
alter role clsm_service set idle_in_transaction_session_timeout = '30s';
alter role clsm_reader set statement_timeout = '15s';
alter role clsm_reader set lock_timeout = '5s';
alter role clsm_reader set default_transaction_read_only = on;

-- Compiling a statement of many parts, such as that of the statistics, takes seconds; running it takes milliseconds.
alter role clsm_service set jit = off;
alter role clsm_reader set jit = off;
-- Pages of solid-state disks cost the same wherever they lie.
alter role clsm_reader set random_page_cost = 1.1;
-- Many short reads at once: each is served by its own process alone.
alter role clsm_reader set max_parallel_workers_per_gather = 0;
