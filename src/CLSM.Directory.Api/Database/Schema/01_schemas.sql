-- The four schemas of the directory, and who the current transaction works for.
--
--   directory   the tables, with personal data in them; nothing here is public
--   published   what the public may read: views only, all of them in 60_published_views.sql
--   partners    what a regional health agency may read besides: one view, in 61_partner_views.sql
--   public      PostgreSQL's own; it only holds the extension for typing errors (41_search.sql)
--
-- The files of this folder are run in the order of their names, once, by the role clsm_owner. They hold the present text of every object.
-- Every row of a council carries its council_id, and every key begins with it. So no row can point into another council,
-- and row-level security (80_row_level_security.sql) can keep each transaction to one council.

-- EF Core makes this schema first, for its list of migrations.
create schema if not exists directory;
create schema published;
create schema partners;

-- The council that this transaction works for, set by the service. Null where none is set: then no row is visible.
create function directory.current_council() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('clsm.council', true), '')::uuid;

-- The sandbox: a council that is made up, to which anyone may write. It has the same id in every installation.
create function directory.sandbox() returns uuid
    language sql immutable parallel safe
    return '00000000-0000-7000-8000-000000000000'::uuid;

-- Whether the reader of this transaction may see a council. Every council is visible but the sandbox, which is visible only
-- where the request names it. Every published view asks this function, so that no list, count, search or export can forget it.
create function directory.is_visible(council uuid) returns boolean
    language sql stable parallel safe
    return council <> directory.sandbox() or current_setting('clsm.sandbox', true) = 'on';

-- Makes a function run with the rights of another role. PostgreSQL demands that this role may create in the schema, which it
-- should not in general: the right is given for this one statement and taken away again. Used by 90_rights.sql only.
create function directory.own(function regprocedure, role regrole) returns void
    language plpgsql set search_path = pg_catalog
as $$
declare
    schema regnamespace := (select p.pronamespace from pg_proc p where p.oid = function);
begin
    execute format('grant create on schema %s to %s', schema, role);
    execute format('alter function %s owner to %s', function, role);
    execute format('revoke create on schema %s from %s', schema, role);
end
$$;

-- The same for a view, which reads with the rights of its owner.
create function directory.own_view(relation regclass, role regrole) returns void
    language plpgsql set search_path = pg_catalog
as $$
declare
    schema regnamespace := (select c.relnamespace from pg_class c where c.oid = relation);
begin
    execute format('grant create on schema %s to %s', schema, role);
    execute format('alter view %s owner to %s', relation, role);
    execute format('revoke create on schema %s from %s', schema, role);
end
$$;
