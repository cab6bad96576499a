-- Responses to writes that their callers may repeat (Idempotency-Key), stored for a day. Nothing personal can be read here: the request is
-- a hash, and the response is encrypted under a key that is derived from the request itself, which only its sender can send again.

create table directory.stored_response (
    -- A hash of the caller, the operation and the Idempotency-Key.
    request_hash bytea not null constraint stored_response_pkey primary key,
    -- A hash of the whole request, to detect another request under the same key.
    fingerprint bytea not null,
    -- What the write created: the response is cleared when this resource is removed.
    resource_id uuid,
    -- Null once what it showed was erased.
    response bytea constraint stored_response_size check (octet_length(response) <= 1048576),
    stored_at timestamptz not null default now(),
    -- Written in the sandbox: it is deleted when the sandbox is reset.
    is_sandbox boolean not null default false
);

-- Encrypted bytes cannot be compressed.
alter table directory.stored_response alter column response set storage external;

create index stored_response_age on directory.stored_response (stored_at);
create index stored_response_resource on directory.stored_response (resource_id) where resource_id is not null;
create index stored_response_sandbox on directory.stored_response (stored_at) where is_sandbox;

-- A contact that is removed must not live on in a stored response.
create function directory.clear_stored_responses() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    update stored_response set response = null where resource_id = old.id;
    return null;
end
$$;

create trigger contact_6_stored_responses after delete on directory.contact
    for each row execute function directory.clear_stored_responses();
