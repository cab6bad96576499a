-- Who may do what. PostgreSQL gives nobody a right on a table or a view: what is not listed here is refused. Functions are different:
-- everybody may execute them until that is revoked. It is revoked where a function reads or writes with more rights than its caller has;
-- what only computes (02_text.sql, for example) stays open. Roles: deploy/roles.sql.
--
--   clsm_owner      owns everything that is not given away below; runs migrations and loads the reference; serves no request
--   clsm_reader     serves public requests
--   clsm_service    serves requests with a key: one council at a time (80_row_level_security.sql)
--   clsm_publisher  owns the published views; nobody can log in as it
--   clsm_recorder   owns the functions of triggers; nobody can log in as it

-- clsm_reader: the published views, and the functions that read them --------------------------------------------------------------
grant usage on schema published to clsm_reader;
grant select on all tables in schema published to clsm_reader;
revoke execute on function published.resources_of(uuid, text[]), published.place_of(uuid) from public;
grant execute on function published.resources_of(uuid, text[]), published.place_of(uuid) to clsm_reader;

-- Every kind of part: the service writes its rows, views and triggers read them ---------------------------------------------------
-- Versions and instants are the database's: those columns cannot be written.
create function directory.grant_part(kind text) returns void
    language plpgsql set search_path = pg_catalog
as $$
begin
    execute format('grant select, insert, update (statement, natural_key), delete on directory.%I to clsm_service', kind);
    execute format('grant select on directory.%I to clsm_publisher, clsm_recorder', kind);
end
$$;

select directory.grant_part(kind) from directory.part_tables() kind;

-- clsm_service --------------------------------------------------------------------------------------------------------------------
-- What the public may read, and the contacts for partners.
grant usage on schema published, partners, directory to clsm_service;
grant select on all tables in schema published, partners to clsm_service;
grant execute on function published.resources_of(uuid, text[]) to clsm_service;

-- It writes councils; parts as above.
grant select, insert, update (statement, code), delete on directory.council to clsm_service;

-- It reads them together, and what triggers derive from them.
grant select
    on directory.council_resource, directory.organisation_reference, directory.council_code, directory.change, directory.change_head,
       directory.history, directory.coverage, directory.covered_place, directory.succession, directory.facet, directory.search_entry
    to clsm_service;
revoke execute on function directory.document_at(uuid, integer), directory.version_at(uuid, timestamptz) from public;
grant execute on function directory.document_at(uuid, integer), directory.version_at(uuid, timestamptz) to clsm_service;

-- The territorial reference.
grant select
    on directory.reference_region, directory.reference_department, directory.reference_epci, directory.reference_commune,
       directory.reference_state
    to clsm_service;

-- Repeated requests (encrypted), objections (fingerprints), the sandbox.
grant select, insert, update, delete on directory.stored_response to clsm_service;
grant select on directory.objection_fingerprint to clsm_service;
revoke execute
    on function directory.contact_places(uuid), directory.erase_words(uuid[], bigint[], text[], uuid[], bytea[], bytea),
       directory.reset_sandbox(timestamptz), directory.sandbox_reset_at()
    from public;
grant execute
    on function directory.contact_places(uuid), directory.erase_words(uuid[], bigint[], text[], uuid[], bytea[], bytea),
       directory.reset_sandbox(timestamptz), directory.sandbox_reset_at()
    to clsm_service;

-- Keys: by functions and a view without hashes; never the table.
grant select on directory.api_key_entry to clsm_service;
revoke execute
    on function directory.find_api_key(bytea), directory.note_key_use(uuid[]), directory.rotate_api_key(uuid, bytea, interval),
       directory.revoke_api_key(uuid), directory.create_api_key(uuid, text, bytea, boolean, uuid[], text[], timestamptz)
    from public;
grant execute
    on function directory.find_api_key(bytea), directory.note_key_use(uuid[]), directory.rotate_api_key(uuid, bytea, interval),
       directory.revoke_api_key(uuid), directory.create_api_key(uuid, text, bytea, boolean, uuid[], text[], timestamptz)
    to clsm_service;

-- clsm_publisher: reads what the published views are made of ----------------------------------------------------------------------
-- Not among them: keys, history, fingerprints of objections, answers to repeated requests.
grant usage on schema directory, published to clsm_publisher;
grant select
    on directory.council, directory.council_code, directory.organisation_reference, directory.change, directory.change_head,
       directory.change_region, directory.coverage, directory.covered_place, directory.succession, directory.facet,
       directory.search_entry, directory.reference_region, directory.reference_department, directory.reference_epci,
       directory.reference_commune, directory.reference_state
    to clsm_publisher;

-- clsm_recorder: what the triggers read and write ---------------------------------------------------------------------------------
grant usage on schema directory, published to clsm_recorder;
grant select
    on directory.council_resource, directory.reference_region, directory.reference_department, directory.reference_epci,
       directory.reference_commune, directory.reference_state
    to clsm_recorder;
-- A row can be locked only by who may update it.
grant update on directory.reference_state to clsm_recorder;

-- Versions, codes and references.
grant select, update on directory.council, directory.change_head to clsm_recorder;
grant select, insert, update on directory.council_code to clsm_recorder;
grant select, insert, delete on directory.organisation_reference to clsm_recorder;

-- The change log and the history. Entries are deleted in the sandbox, and images erased for an objection.
grant select, insert, delete on directory.change, directory.history to clsm_recorder;
grant update (before, after, erased_at) on directory.history to clsm_recorder;
grant select, insert on directory.change_region to clsm_recorder;
grant select, insert, update on directory.council_log_state to clsm_recorder;

-- What is derived from statements.
grant select, insert, update, delete
    on directory.coverage, directory.covered_place, directory.facet, directory.search_entry to clsm_recorder;
grant select, insert, delete on directory.succession to clsm_recorder;

-- Objections, answers to repeated requests, the sandbox.
grant select, insert, update on directory.objection_fingerprint to clsm_recorder;
grant select, delete, update (response) on directory.stored_response to clsm_recorder;
grant select, update on directory.sandbox_state to clsm_recorder;

-- Owners --------------------------------------------------------------------------------------------------------------------------
-- A view reads with the rights of its owner: this is how the public sees rows without a right on any table.
select directory.own_view(c.oid, 'clsm_publisher')
from pg_class c
where c.relkind = 'v' and c.relnamespace in ('published'::regnamespace, 'partners'::regnamespace);

-- A function that is "security definer" runs with the rights of its owner. These run as clsm_recorder: they write what no session may.
select directory.own(function, 'clsm_recorder')
from unnest(array[
    -- Triggers.
    'directory.bump_council_version()', 'directory.sync_code()', 'directory.sync_references()', 'directory.append_change()',
    'directory.notify_change()', 'directory.sync_regions()', 'directory.follow_move()', 'directory.follow_reference()',
    'directory.append_history()',
    'directory.sync_coverage()', 'directory.sync_places_of_coverage()', 'directory.sync_places_of_sectors()',
    'directory.sync_places_of_reference()', 'directory.sync_succession()', 'directory.sync_part_facets()',
    'directory.sync_council_facets()',
    'directory.sync_search_of_council()', 'directory.sync_search_of_part()', 'directory.sync_search_of_reference()',
    'directory.clear_stored_responses()',
    -- Called by triggers, and some by the owner after a loading.
    'directory.append_move(uuid, text, text[], text[])', 'directory.write_places(uuid[])', 'directory.resolve_coverage()',
    'directory.write_search_of_council(uuid, jsonb)', 'directory.write_search_of_part(uuid, text, uuid, jsonb)',
    'directory.write_all_search()',
    -- Called by the service, which may execute them and nothing more (above).
    'directory.contact_places(uuid)', 'directory.erase_words(uuid[], bigint[], text[], uuid[], bytea[], bytea)',
    'directory.reset_sandbox(timestamptz)', 'directory.sandbox_reset_at()']::regprocedure[]) function;

revoke execute
    on function directory.append_move(uuid, text, text[], text[]), directory.write_places(uuid[]), directory.resolve_coverage(),
       directory.write_search_of_council(uuid, jsonb), directory.write_search_of_part(uuid, text, uuid, jsonb),
       directory.write_all_search()
    from public;
grant execute
    on function directory.write_places(uuid[]), directory.resolve_coverage(), directory.write_search_of_council(uuid, jsonb),
       directory.write_search_of_part(uuid, text, uuid, jsonb), directory.write_all_search()
    to clsm_owner;

-- Only what the list names runs with the rights of another role; the functions for keys run as the owner. The installation fails if there
-- is anything else.
do $$
declare
    forgotten text;
begin
    select string_agg(p.oid::regprocedure::text, ', ') into forgotten
    from pg_proc p
    where p.pronamespace in ('directory'::regnamespace, 'published'::regnamespace, 'partners'::regnamespace) and p.prosecdef
      and p.proowner <> 'clsm_recorder'::regrole
      and p.proname not in ('find_api_key', 'note_key_use', 'create_api_key', 'rotate_api_key', 'revoke_api_key');
    if forgotten is not null then
        raise exception 'security definer with the rights of the owner: %', forgotten;
    end if;
end
$$;

-- Every published view that shows rows of councils asks whether the sandbox is visible. The installation fails if one does not. There are two
-- exceptions: council_resource reads published views, which have asked; and a request names the sandbox by its code.
do $$
declare
    forgotten text;
begin
    select string_agg(c.relname, ', ') into forgotten
    from pg_class c
    where c.relnamespace = 'published'::regnamespace and c.relkind = 'v' and c.relname not in ('council_code', 'council_resource')
      and (c.relname = 'council'
           or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'council_id'))
      and position('is_visible(' in pg_get_viewdef(c.oid)) = 0;
    if forgotten is not null then
        raise exception 'published without asking whether the sandbox is visible: %', forgotten;
    end if;
end
$$;
