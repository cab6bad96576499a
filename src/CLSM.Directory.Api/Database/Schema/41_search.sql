-- What the national search looks in: one entry for each council and each public part of one. Triggers derive it from the statements and
-- the territorial reference, in the transaction of the change. An entry holds nothing that is not public, and nothing of a person.

-- Typing errors are mended by trigrams. The extension is a trusted one: the owner of a database may create it, and every distribution has
-- it.
create extension if not exists pg_trgm with schema public;

-- The texts of a statement that are searched, with the member that holds each and how much it weighs: A names, B what is close to a name,
-- C who and on what, D prose.
create function published.search_texts(type text, statement jsonb) returns table (place bigint, member text, words text, weight "char")
    language sql immutable parallel safe rows 20 set search_path = pg_catalog set jit = off
as $$
    select row_number() over (), p.member, v #>> '{}', p.weight::"char"
    from (values
        ('council', 'name', 'A', '$.name'::jsonpath),
        ('council', 'shortName', 'A', '$.shortName'),
        ('council', 'aliases', 'A', '$.aliases[*].name'),
        ('council', 'territory', 'A', '$.territory.label'),
        ('council', 'territory', 'A', '$.territory.parts[*].label'),
        ('council', 'territory', 'A', '$.territory.parts[*] ? (@.type == "psychiatric-sector").code'),
        ('council', 'objectives', 'C', '$.objectives[*].title'),
        ('council', 'coordination', 'C', '$.coordination.organisation.name'),
        ('council', 'coordination', 'C', '$.coordination.unitPath[*]'),
        ('council', 'foundation', 'C', '$.foundation.founders[*].name'),
        ('council', 'frameworks', 'C', '$.frameworks[*].label'),
        ('council', 'posts', 'C', '$.posts[*].label'),
        ('council', 'posts', 'C', '$.posts[*].holderOrganisation.name'),
        ('council', 'purpose', 'D', '$.purpose'),
        ('council', 'objectives', 'D', '$.objectives[*].text'),
        ('council', 'principles', 'D', '$.principles[*]'),
        ('council', 'methods', 'D', '$.methods[*]'),
        ('council', 'participation', 'D', '$.participation.categories[*].label'),
        ('council', 'participation', 'D', '$.participation.ways[*]'),
        ('council', 'means', 'D', '$.means.text'),
        ('council', 'means', 'D', '$.means.funders[*].organisation.name'),
        ('council', 'means', 'D', '$.means.funders[*].text'),
        ('council', 'foundation', 'D', '$.foundation.text'),
        ('council', 'coordination', 'D', '$.coordination.text'),
        ('governance-body', 'name', 'A', '$.name'),
        ('governance-body', 'posts', 'C', '$.posts[*].label'),
        ('governance-body', 'posts', 'C', '$.posts[*].holderOrganisation.name'),
        ('governance-body', 'composition', 'C', '$.composition[*].label'),
        ('governance-body', 'composition', 'C', '$.composition[*].organisation.name'),
        ('governance-body', 'purpose', 'D', '$.purpose'),
        ('working-group', 'name', 'A', '$.name'),
        ('working-group', 'leads', 'C', '$.leads[*].name'),
        ('working-group', 'composition', 'C', '$.composition[*].label'),
        ('working-group', 'composition', 'C', '$.composition[*].organisation.name'),
        ('working-group', 'purpose', 'D', '$.purpose'),
        ('working-group', 'outputs', 'D', '$.outputs[*]'),
        ('organisation', 'name', 'A', '$.name'),
        ('organisation', 'acronym', 'A', '$.acronym'),
        ('organisation', 'identifiers', 'B', '$.identifiers.*'),
        ('organisation', 'address', 'C', '$.address.city'),
        ('contact', 'label', 'A', '$.label'),
        ('contact', 'organisation', 'C', '$.organisation.name'),
        ('event', 'name', 'A', '$.name')) p (type, member, weight, path)
    cross join lateral jsonb_path_query(statement, p.path) v
    where p.type = search_texts.type
$$;

-- The codes of a statement, each with its list: `themes:housing`. The words of their labels find them.
create function published.search_codes(type text, statement jsonb) returns text[]
    language sql immutable parallel safe set search_path = pg_catalog
as $$
    select coalesce(array_agg(distinct p.list || ':' || (v #>> '{}')), '{}')
    from (values
        ('council', 'council-kinds', '$.kind'::jsonpath),
        ('council', 'council-statuses', '$.status'),
        ('council', 'audiences', '$.audience'),
        ('council', 'themes', '$.themes[*]'),
        ('council', 'domains', '$.domains[*]'),
        ('council', 'framework-kinds', '$.frameworks[*].kind'),
        ('council', 'participant-categories', '$.participation.categories[*].category'),
        ('governance-body', 'governance-body-types', '$.type'),
        ('working-group', 'themes', '$.themes[*]'),
        ('organisation', 'participant-categories', '$.category'),
        ('organisation', 'organisation-roles', '$.roles[*]'),
        ('contact', 'contact-functions', '$.function'),
        ('event', 'event-kinds', '$.kind'),
        ('event', 'themes', '$.themes[*]')) p (type, list, path)
    cross join lateral jsonb_path_query(statement, p.path) v
    where p.type = search_codes.type and v #>> '{}' <> 'other'
$$;

create table directory.search_entry (
    council_id uuid not null constraint search_entry_council references directory.council (id) on delete cascade,
    type text not null,
    id uuid not null,
    -- Its plain names, one a line, with an empty line at each end; of a council also those of its territory.
    names text not null,
    -- Of a council: the plain names of the communes that it covers.
    places text not null,
    -- Of a council: the regions in which it covers something.
    regions text[] not null,
    -- Of a council: the words by which its parts are found as well. Words in the names of all councils are left out: they would find
    -- every part.
    context text not null,
    vector tsvector not null,
    constraint search_entry_pkey primary key (council_id, type, id)
);

create index search_entry_vector on directory.search_entry using gin (vector);
create index search_entry_names on directory.search_entry using gin (names public.gin_trgm_ops);
create index search_entry_places on directory.search_entry using gin (places public.gin_trgm_ops) where type = 'council';

-- Names of towns are no words of the language: they are not stemmed. Elsewhere both the word and its stem are found.
create function directory.search_vector(words text, weight "char", stems boolean) returns tsvector
    language sql immutable parallel safe set search_path = pg_catalog
as $$
    select setweight(to_tsvector('simple'::regconfig, words), weight)
        || case when stems then setweight(to_tsvector('french'::regconfig, words), weight) else ''::tsvector end
$$;

-- The plain texts of a statement by weight: names one a line, the others one after the other. Cut where PostgreSQL could hold no more.
create function directory.search_parts(type text, statement jsonb, out names text, out near text, out who text, out prose text)
    language sql immutable parallel safe set search_path = pg_catalog set jit = off
as $$
    select E'\n' || left(coalesce(string_agg(plain, E'\n' order by place) filter (where weight = 'A'), ''), 50000) || E'\n',
           left(coalesce(string_agg(plain, ' ' order by place) filter (where weight = 'B'), ''), 100000),
           left(coalesce(string_agg(plain, ' ' order by place) filter (where weight = 'C'), ''), 100000),
           left(coalesce(string_agg(plain, ' ' order by place) filter (where weight = 'D'), ''), 100000)
    from (select t.place, t.weight,
                 case when search_parts.type = 'contact' and t.member = 'label' and statement ? 'person'
                      -- A person is not searched by name, even where the label says it.
                      then (select string_agg(w, ' ' order by n)
                            from string_to_table(published.search_plain(t.words), ' ') with ordinality x (w, n)
                            where w <> all (string_to_array(published.search_plain(statement ->> 'person'), ' ')))
                      else published.search_plain(left(t.words, 100000)) end as plain
          from published.search_texts(type, statement) t) text
$$;

-- Writing entries -----------------------------------------------------------------------------------------------------------------
-- These functions are never compiled just in time (jit = off). PostgreSQL would, by its estimates for jsonb paths, and compiling takes a
-- hundred times as long as the work.

create function directory.write_search_of_council(the_council uuid, statement jsonb) returns void
    language plpgsql security definer set search_path = pg_catalog, directory set jit = off
as $$
declare
    said record;
    stated text := '';
    around text := '';
    covered_names text := '';
    covered_regions text[] := '{}';
begin
    said := search_parts('council', statement);
    if statement #> '{territory,parts}' is not null then
        -- The names of the places in the statement, by their codes. The number of a sector begins with its département.
        select coalesce(string_agg(distinct named.plain, E'\n'), '') into stated
        from jsonb_array_elements(statement #> '{territory,parts}') part
        cross join lateral (
            select m.plain_name from reference_commune m
            where m.code = part ->> 'code' and part ->> 'type' not in ('epci', 'department', 'psychiatric-sector')
            union all
            select published.search_plain(e.name) from reference_epci e
            where e.siren = part ->> 'code' and part ->> 'type' = 'epci'
            union all
            select published.search_plain(d.name) from reference_department d
            where d.code = part ->> 'code' and part ->> 'type' = 'department') named (plain);
        select coalesce(
                   left(
                       string_agg(distinct m.plain_name, E'\n') filter (where statement ->> 'status' not in ('closed', 'merged')),
                       300000),
                   ''),
               published.search_plain(concat_ws(' ',
                   (select string_agg(e.name, ' ') from reference_epci e where e.siren = any (array_agg(distinct m.epci_siren))),
                   (select string_agg(d.name, ' ') from reference_department d where d.code = any (array_agg(distinct m.department_code))),
                   (select string_agg(r.name, ' ') from reference_region r where r.code = any (array_agg(distinct m.region_code))))),
               coalesce(array_agg(distinct m.region_code) filter (where m.region_code is not null), '{}')
        into covered_names, around, covered_regions
        from coverage v
        join reference_commune m on m.code = v.commune_code and m.type in ('commune', 'municipal-arrondissement')
        where v.council_id = the_council and (v.last_day is null or v.last_day >= current_date);
        select concat_ws(' ', around, published.search_plain(string_agg(distinct d.name || ' ' || r.name, ' '))),
               array(select unnest(covered_regions) union select unnest(array_agg(d.region_code)) order by 1)
        into around, covered_regions
        from jsonb_path_query(statement, '$.territory.parts[*] ? (@.type == "psychiatric-sector").code') sector
        join reference_department d on d.code = substring(sector #>> '{}' from '^([0-9]{2,3}|2[AB])[A-Z][0-9]{2}$')
        join reference_region r on r.code = d.region_code;
    end if;

    insert into search_entry as e (council_id, type, id, names, places, regions, context, vector)
    values (
        the_council, 'council', the_council,
        said.names || stated || E'\n',
        E'\n' || covered_names || E'\n',
        array_remove(covered_regions, null),
        regexp_replace(left(said.names, 20000) || ' ' || left(stated, 20000), '\m(conseil|locale?|sante|mentale?|clsm)\M', ' ', 'g'),
        search_vector(said.names, 'A', true) || search_vector(stated, 'A', false)
            || search_vector(said.near, 'B', true) || search_vector(covered_names, 'B', false)
            || search_vector(coalesce(around, ''), 'C', false) || search_vector(said.who, 'C', true)
            || search_vector(said.prose, 'D', true)
            || array_to_tsvector(published.search_codes('council', statement)))
    on conflict on constraint search_entry_pkey do update
        set names = excluded.names, places = excluded.places, regions = excluded.regions, context = excluded.context,
            vector = excluded.vector
        where (e.names, e.places, e.regions, e.context, e.vector)
            is distinct from (excluded.names, excluded.places, excluded.regions, excluded.context, excluded.vector);
end
$$;

-- A part is found by the words of its council too. A part that is not public has no entry.
create function directory.write_search_of_part(the_council uuid, the_type text, the_id uuid, statement jsonb) returns void
    language plpgsql security definer set search_path = pg_catalog, directory set jit = off
as $$
declare
    said record;
begin
    if statement is null or coalesce(statement ->> 'visibility', 'public') <> 'public' then
        delete from search_entry e where e.council_id = the_council and e.type = the_type and e.id = the_id;
        return;
    end if;
    said := search_parts(the_type, statement);
    insert into search_entry as e (council_id, type, id, names, places, regions, context, vector)
    select the_council, the_type, the_id, said.names, '', '{}', '',
           search_vector(said.names, 'A', true) || search_vector(said.near, 'B', true) || search_vector(said.who, 'C', true)
               || search_vector(said.prose, 'D', true)
               || search_vector(c.context, 'D', true) || array_to_tsvector(published.search_codes(the_type, statement))
    from search_entry c where c.council_id = the_council and c.type = 'council' and c.id = the_council
    on conflict on constraint search_entry_pkey do update
        set names = excluded.names, vector = excluded.vector
        where (e.names, e.vector) is distinct from (excluded.names, excluded.vector);
end
$$;

create function directory.sync_search_of_council() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory set jit = off
as $$
begin
    if tg_op = 'INSERT' then
        perform write_search_of_council(new.id, new.statement);
    elsif new.statement is distinct from old.statement then
        perform write_search_of_council(new.id, new.statement);
        -- Its parts are found by its names and its territory.
        if array(select new.statement -> m from unnest(array['name', 'shortName', 'aliases', 'territory']) m)
            <> array(select old.statement -> m from unnest(array['name', 'shortName', 'aliases', 'territory']) m) then
            perform write_search_of_part(r.council_id, r.type, r.id, r.statement)
            from council_resource r
            where r.council_id = new.id and r.type <> 'council' and r.is_public;
        end if;
    end if;
    return null;
end
$$;

-- Last of all triggers: by then coverage is written.
create trigger council_9_search after insert or update of statement on directory.council
    for each row execute function directory.sync_search_of_council();

create function directory.sync_search_of_part() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory set jit = off
as $$
begin
    if tg_op = 'DELETE' then
        perform write_search_of_part(old.council_id, replace(tg_table_name, '_', '-'), old.id, null);
    else
        perform write_search_of_part(new.council_id, replace(tg_table_name, '_', '-'), new.id, new.statement);
    end if;
    return null;
end
$$;

-- Writes every entry again; returns how many entries there are.
create function directory.write_all_search() returns bigint
    language plpgsql security definer set search_path = pg_catalog, directory set jit = off
as $$
begin
    perform write_search_of_council(c.id, c.statement) from council c;
    perform write_search_of_part(r.council_id, r.type, r.id, r.statement) from council_resource r where r.type <> 'council' and r.is_public;
    return (select count(*) from search_entry);
end
$$;

create function directory.sync_search_of_reference() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory set jit = off
as $$
begin
    perform write_all_search();
    return null;
end
$$;

create constraint trigger reference_state_9_search after update on directory.reference_state
    deferrable initially deferred for each row when (old.version <> new.version) execute function directory.sync_search_of_reference();

-- Queries -------------------------------------------------------------------------------------------------------------------------

-- The query for one word: as it is written, by its stem, and with `prefix` as the beginning of a word. Stop words find nothing.
create function published.search_word(word text, prefix boolean) returns tsquery
    language sql immutable parallel safe
    return case when numnode(to_tsquery('french', word)) = 0 then ''::tsquery
        else to_tsquery('simple', word) || to_tsquery('french', word)
            || case when prefix then to_tsquery('simple', word || ':*') || to_tsquery('french', word || ':*') else ''::tsquery end end;

-- One query for each clause: all of its words, or any of its other words, phrases and codes. Words are plain, as search_plain writes
-- them.
create function published.search_clauses(clauses jsonb, prefix boolean) returns tsquery[]
    language plpgsql immutable parallel safe set search_path = pg_catalog
as $$
declare
    clause jsonb;
    one tsquery;
    queries tsquery[] := '{}';
    word text;
    place bigint;
begin
    for clause in select * from jsonb_array_elements(clauses) loop
        one := '';
        for word, place in select w, n from jsonb_array_elements_text(clause -> 'all') with ordinality x (w, n) loop
            one := one && published.search_word(
                word, prefix and (clause ->> 'prefix')::boolean and place = jsonb_array_length(clause -> 'all'));
        end loop;
        for word in select jsonb_array_elements_text(clause -> 'any') loop
            one := one || published.search_word(word, false);
        end loop;
        for word in select jsonb_array_elements_text(clause -> 'phrases') loop
            one := one || phraseto_tsquery('french', word);
        end loop;
        for word in select jsonb_array_elements_text(clause -> 'codes') loop
            one := one || quote_literal(word)::tsquery;
        end loop;
        if numnode(one) > 0 then
            queries := queries || one;
        end if;
    end loop;
    return queries;
end
$$;

-- One query for each word, to find where it stands in a text.
create function published.search_words(clauses jsonb) returns tsquery[]
    language sql immutable parallel safe set search_path = pg_catalog
as $$
    select coalesce(array_agg(published.search_word(w.word, w.is_last and (clause ->> 'prefix')::boolean)), '{}')
    from jsonb_array_elements(clauses) clause
    cross join lateral (
        select a.w, a.n = jsonb_array_length(clause -> 'all') from jsonb_array_elements_text(clause -> 'all') with ordinality a (w, n)
        union all select a.w, false from jsonb_array_elements_text(clause -> 'any') a (w)
        -- An acronym among the phrases.
        union all select a.w, false from jsonb_array_elements_text(clause -> 'phrases') a (w) where position(' ' in a.w) = 0
    ) w (word, is_last)
$$;

-- Joins queries with "and" (all of them must be found) or with "or" (any of them).
create function published.search_join(queries tsquery[], operator text) returns tsquery
    language plpgsql immutable parallel safe set search_path = pg_catalog
as $$
declare
    whole tsquery := '';
    one tsquery;
begin
    foreach one in array queries loop
        whole := case operator when 'and' then whole && one else whole || one end;
    end loop;
    return whole;
end
$$;
