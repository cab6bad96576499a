-- Answers to writes that their callers may repeat (Idempotency-Key), kept for a day. Nothing personal can be read here: the request is kept as
-- a hash, and the answer is encrypted under a key that is derived from the request itself, which only its sender can send again.

create table directory.kept_answer (
    -- Of the caller, the operation and the Idempotency-Key.
    request_hash bytea not null constraint kept_answer_pkey primary key,
    -- Of the whole request, so that another request under the same key is told apart.
    fingerprint bytea not null,
    -- What the write made, so that an answer goes when its resource does.
    resource_id uuid,
    -- Null where what it showed was erased since. Encrypted bytes cannot be compressed.
    answer bytea constraint kept_answer_size check (octet_length(answer) <= 1048576),
    kept_at timestamptz not null default now(),
    -- Written in the sandbox: it goes when the sandbox is reset.
    is_sandbox boolean not null default false
);

alter table directory.kept_answer alter column answer set storage external;

create index kept_answer_age on directory.kept_answer (kept_at);
create index kept_answer_resource on directory.kept_answer (resource_id) where resource_id is not null;
create index kept_answer_sandbox on directory.kept_answer (kept_at) where is_sandbox;

-- A contact that is removed must not live on in an answer.
create function directory.forget_answers() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
begin
    update kept_answer set answer = null where resource_id = old.id;
    return null;
end
$$;

create trigger contact_6_forget after delete on directory.contact for each row execute function directory.forget_answers();
