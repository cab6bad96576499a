-- Objections (RGPD, art. 21): what a person's values leave behind is a fingerprint, by which they are recognised should they come again.

-- Fingerprints are keyed hashes; their key is none of the database's (Objections__Secret), so that who has the database alone cannot try names out.
create table directory.objection_fingerprint (
    council_id uuid not null,
    fingerprint bytea not null constraint objection_fingerprint_size check (octet_length(fingerprint) = 32),
    -- Which key, so that fingerprints of another are not taken for none.
    key_id bytea not null,
    at timestamptz not null default now(),
    constraint objection_fingerprint_pkey primary key (council_id, fingerprint)
);

alter table directory.objection_fingerprint enable row level security;
alter table directory.objection_fingerprint force row level security;
create policy tenant on directory.objection_fingerprint
    using (council_id = nullif(current_setting('clsm.council', true), '')::uuid)
    with check (council_id = nullif(current_setting('clsm.council', true), '')::uuid);

create index contact_id on directory.contact (id);
create index change_of_contact on directory.change (id, cursor) where type = 'contact';

-- The councils in which a contact of this id is, or was (visibility is then null). For the service alone, which decides who may know.
create function directory.contact_places(the_contact uuid) returns table (council_id uuid, council_code text, visibility text)
    language sql stable security definer set search_path = pg_catalog, directory
as $$
    select p.council_id, c.code, p.visibility from contact p join council c on c.id = p.council_id where p.id = the_contact
    union
    select x.council_id, c.code, null
    from change x join council c on c.id = x.council_id
    where x.type = 'contact' and x.id = the_contact and x.operation = 'removed'
      and not exists (select from contact p where p.council_id = x.council_id and p.id = the_contact)
$$;

-- A statement without words: a member that is an address of a person goes, in a text the words give way to "[…]". What was stated of a member
-- that goes, goes with it, so that the rest can still be sent back. Null where nothing is left.
create function directory.without_words(stated jsonb, words text[]) returns jsonb
    language plpgsql immutable set search_path = pg_catalog, directory
as $$
declare
    mark constant text := '[…]';
    word text;
    plain text;
    name text;
    value jsonb;
    kept jsonb;
    gone text[] := '{}';
    result jsonb;
begin
    case jsonb_typeof(stated)
        when 'string' then
            plain := stated #>> '{}';
            foreach word in array words loop
                plain := replace(plain, word, mark);
            end loop;
            return to_jsonb(plain);
        when 'array' then
            select jsonb_agg(w.v order by w.n) into result
            from (select without_words(x.v, words) as v, x.n from jsonb_array_elements(stated) with ordinality x (v, n)) w
            where w.v is not null;
            return result;
        when 'object' then
            result := '{}';
            for name, value in select * from jsonb_each(stated) loop
                kept := without_words(value, words);
                if kept is not distinct from value and without_words(to_jsonb(name), words) #>> '{}' = name then
                    result := result || jsonb_build_object(name, value);
                elsif name in ('emails', 'phones') then
                    select jsonb_agg(x.v order by x.n) into kept from jsonb_array_elements(value) with ordinality x (v, n) where without_words(x.v, words) = x.v;
                    if kept is null then
                        gone := gone || name;
                    else
                        result := result || jsonb_build_object(name, kept);
                    end if;
                elsif kept is null or kept = to_jsonb(mark) and name = 'person' or name in ('url', 'website')
                    or without_words(to_jsonb(name), words) #>> '{}' <> name then
                    gone := gone || name;
                else
                    result := result || jsonb_build_object(name, kept);
                    if jsonb_typeof(value) = 'array' then
                        gone := gone || array(
                            select name || '/' || replace(replace(x ->> 'label', '~', '~0'), '/', '~1') from jsonb_array_elements(value) x
                            where jsonb_typeof(x) = 'object' and x ? 'label' and without_words(x, words) is null);
                    end if;
                end if;
            end loop;
            -- A link to nowhere is none.
            if 'url' = any (gone) and stated ?& array['label', 'url'] and not stated ? 'kind' or result = '{}' then
                return null;
            end if;
            if cardinality(gone) > 0 and result ? 'evidence' then
                select coalesce(jsonb_object_agg(e.key, e.value), '{}') into kept
                from jsonb_each(result -> 'evidence') e
                where not exists (select from unnest(gone) g where e.key = '/' || g or starts_with(e.key, '/' || g || '/'));
                result := case when kept = '{}' then result - 'evidence' else result || jsonb_build_object('evidence', kept) end;
            end if;
            return result;
        else
            return stated;
    end case;
end
$$;

-- Takes a person's words out of everything that triggers keep of the council that was entered, and notes by what they are recognised.
-- Only the contacts that are named lose their images whole; of other entries, those that are numbered lose the words.
create function directory.erase_words(the_contacts uuid[], numbers bigint[], words text[], resources uuid[], fingerprints bytea[], the_key bytea) returns void
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    the_council uuid := current_council();
begin
    if the_council is null then
        raise exception 'no council was entered' using errcode = 'insufficient_privilege';
    end if;
    update history h set before = null, after = null, erased_at = now()
    where h.council_id = the_council and h.type = 'contact' and h.id = any (the_contacts) and (h.before is not null or h.after is not null);
    update history h set before = without_words(h.before, words), after = without_words(h.after, words), erased_at = now()
    where h.council_id = the_council and h.number = any (numbers);
    insert into objection_fingerprint (council_id, fingerprint, key_id)
    select distinct the_council, f, the_key from unnest(fingerprints) f
    on conflict on constraint objection_fingerprint_pkey do update set key_id = excluded.key_id, at = now();
    -- Answers are encrypted, and nobody can tell which of those to imports show the person: all of them go.
    update kept_answer k set answer = null
    where k.answer is not null and (k.resource_id is null or k.resource_id = the_council or k.resource_id = any (the_contacts || resources));
end
$$;

-- As in 0009, but what is written for an objection leaves no image of what it takes away, and no contact outlives its council.
create or replace function directory.keep_history() returns trigger
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

    insert into history (council_id, council_version, type, id, operation, reason, version, created_at, updated_at, author, request, before, after, erased_at)
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

-- Rights --------------------------------------------------------------------------------------------------------------------------------

grant select on directory.objection_fingerprint to clsm_service;
grant select, insert, update on directory.objection_fingerprint to clsm_recorder;
grant update (before, after, erased_at) on directory.history to clsm_recorder;
grant select (resource_id, answer) on directory.kept_answer to clsm_recorder;
revoke execute on function directory.contact_places(uuid), directory.erase_words(uuid[], bigint[], text[], uuid[], bytea[], bytea) from public;

grant create on schema directory to clsm_recorder;
alter function directory.contact_places(uuid) owner to clsm_recorder;
alter function directory.erase_words(uuid[], bigint[], text[], uuid[], bytea[], bytea) owner to clsm_recorder;
alter function directory.keep_history() owner to clsm_recorder;
revoke execute on function directory.contact_places(uuid), directory.erase_words(uuid[], bigint[], text[], uuid[], bytea[], bytea) from public;
grant execute on function directory.contact_places(uuid), directory.erase_words(uuid[], bigint[], text[], uuid[], bytea[], bytea) to clsm_service;
revoke create on schema directory from clsm_recorder;
