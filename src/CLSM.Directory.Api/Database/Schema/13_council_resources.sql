-- A council and all its parts, one row each, whatever their kind: what documents, exports, search, the change log and objections read.

-- The query is made from the list of the part tables, so that a new kind of part is in it at once. `is_public` says whether the public
-- may see the row.
create function directory.council_resource_query() returns text
    language sql stable set search_path = pg_catalog
as $function$
    select $$
        select c.id as council_id, 'council' as type, c.id, true as is_public, c.version, c.created_at, c.updated_at, c.statement
        from directory.council c$$
    || string_agg(
        format($$
        union all
        select p.council_id, %1$L, p.id, %2$s, p.version, p.created_at, p.updated_at, p.statement
        from directory.%3$I p$$,
            replace(kind, '_', '-'), directory.visibility_condition(kind), kind),
        '' order by place)
    from directory.part_tables() with ordinality part (kind, place)
$function$;

-- It reads with the rights of its caller (security_invoker): the service sees the rows of its council, the functions of triggers see all.
-- The public reads published.council_resource (60_published_views.sql).
create function directory.create_council_resource() returns void
    language plpgsql set search_path = pg_catalog
as $$
begin
    execute 'create or replace view directory.council_resource with (security_invoker) as' || directory.council_resource_query();
end
$$;

select directory.create_council_resource();
