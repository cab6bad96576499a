-- Objections (GDPR, article 21). Of a person who objected, a fingerprint stays: it recognises the person should a source bring them back.

-- Fingerprints are keyed hashes. The key is not in the database (Objections__Secret): who has the database alone cannot try names out.
create table directory.objection_fingerprint (
    council_id uuid not null,
    fingerprint bytea not null constraint objection_fingerprint_size check (octet_length(fingerprint) = 32),
    -- Which secret was used. With another secret no fingerprint would match, and everybody who objected would be taken in again: so the
    -- service compares this first, and refuses.
    key_id bytea not null,
    at timestamptz not null default now(),
    constraint objection_fingerprint_pkey primary key (council_id, fingerprint)
);

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

-- A statement without the given words. A member that is an address of a person is removed; in a text, "[…]" takes the place of the words.
-- The evidence of a member that is removed is removed too, so that the rest can still be sent back. Null where nothing is left.
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
                    select jsonb_agg(x.v order by x.n) into kept
                    from jsonb_array_elements(value) with ordinality x (v, n)
                    where without_words(x.v, words) = x.v;
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
            -- A link without its address is removed.
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

-- Takes the words of a person out of everything that triggers keep of the current council, and notes the fingerprints of the person.
-- Only the contacts that are named lose their images whole; of other entries, those that are numbered lose the words.
create function directory.erase_words(
    the_contacts uuid[], numbers bigint[], words text[], resources uuid[], fingerprints bytea[], the_key bytea) returns void
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
    -- Responses are encrypted: nobody can tell which of those to imports show the person, so all of them are cleared.
    update stored_response k set response = null
    where k.response is not null
      and (k.resource_id is null or k.resource_id = the_council or k.resource_id = any (the_contacts || resources));
end
$$;
