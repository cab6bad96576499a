-- Row-level security: a transaction of the service sees and writes the rows of one council, the one in the setting clsm.council. Without
-- that setting it sees nothing. It is forced: even the owner of a table is subject to it. Two roles pass it (deploy/roles.sql):
-- clsm_publisher, which owns the published views, and clsm_recorder, which owns the functions of triggers. Nobody can log in as either.

-- Restricts a table to the current council. The condition is that of directory.current_council(), written out: so this lock depends on no
-- function that somebody could replace.
create function directory.restrict_to_council(relation text, council_column text default 'council_id') returns void
    language plpgsql set search_path = pg_catalog
as $template$
begin
    execute format('alter table directory.%I enable row level security', relation);
    execute format('alter table directory.%I force row level security', relation);
    execute format(
        $$create policy tenant on directory.%1$I
              using (%2$I = nullif(current_setting('clsm.council', true), '')::uuid)
              with check (%2$I = nullif(current_setting('clsm.council', true), '')::uuid)$$,
        relation, council_column);
end
$template$;

select directory.restrict_to_council('council', 'id');
select directory.restrict_to_council(kind) from directory.part_tables() kind;
select directory.restrict_to_council(relation)
from unnest(array[
    'organisation_reference', 'change', 'council_log_state', 'history', 'coverage', 'covered_place', 'succession', 'facet', 'search_entry',
    'objection_fingerprint']) relation;

-- The installation fails if a table with a council in it was forgotten above. Only the codes of councils are not restricted: they are read
-- to find out which council a request names, before there is a current one.
do $$
declare
    forgotten text;
begin
    select string_agg(c.relname, ', ') into forgotten
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'council_id'
    where c.relnamespace = 'directory'::regnamespace and c.relkind = 'r' and not c.relrowsecurity and c.relname <> 'council_code';
    if forgotten is not null then
        raise exception 'without row-level security: %', forgotten;
    end if;
end
$$;
