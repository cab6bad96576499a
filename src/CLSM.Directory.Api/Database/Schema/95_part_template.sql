-- Adding a kind of part to a database that exists, from a migration: one call of create_part. It makes the table, its indexes, triggers,
-- policy, rights and view, and puts the kind into council_resource: documents, exports, the change log, history and search then have it.
-- For its arguments see create_part_table (11_council_parts.sql). has_facets: councils are filtered by its composition, category or
-- identifiers too.
--
-- The present text of the kind is its call of create_part_table in 11_council_parts.sql and its view in 60_published_views.sql; triggers,
-- policy and rights follow from the table. A test compares the two ways. Two things are not of the template: the texts that the national
-- search weighs (search_texts in 41_search.sql), and the members that name organisations (12_organisation_references.sql).
create function directory.create_part(
    kind text, name_member text, word_paths text[], optional_members text[], columns text, has_facets boolean default false) returns void
    language plpgsql set search_path = pg_catalog
as $$
begin
    perform directory.create_part_table(kind, name_member, word_paths, optional_members, columns);
    perform directory.create_part_triggers(kind);
    if has_facets then
        perform directory.create_facet_trigger(kind);
    end if;
    perform directory.restrict_to_council(kind);
    perform directory.grant_part(kind);
    perform directory.publish_part(kind);
    perform directory.own_view(format('published.%I', kind)::regclass, 'clsm_publisher');
    execute format('grant select on published.%I to clsm_reader, clsm_service', kind);
    perform directory.create_council_resource();
    perform directory.publish_council_resource();
end
$$;

-- The functions that make the schema stay, so that a later migration adds a kind, or gives a function away, in one line. They run with the
-- rights of their caller, and nobody but the owner may execute them.
revoke execute
    on function directory.own(regprocedure, regrole), directory.own_view(regclass, regrole),
       directory.create_part_table(text, text, text[], text[], text, text), directory.create_part_triggers(text),
       directory.create_facet_trigger(text), directory.restrict_to_council(text, text), directory.grant_part(text),
       directory.part_tables(), directory.visibility_condition(text), directory.council_resource_query(),
       directory.create_council_resource(), directory.publish_part(text), directory.publish_council_resource(),
       directory.create_part(text, text, text[], text[], text, boolean)
    from public;
