-- Functions on texts and on members of statements. A statement is the JSON document of a council or of a part, kept whole.
-- They depend on their arguments alone, so that columns can be generated from them.

-- A JSON array of strings as an array of PostgreSQL.
create function directory.texts(list jsonb) returns text[]
    language sql immutable parallel safe
    return array(select jsonb_array_elements_text(list));

-- Lower-case letters without accents, and digits; everything else becomes one blank. The service treats the words of `q` alike.
create function directory.plain_text(stated text) returns text
    language sql immutable parallel safe
    return regexp_replace(
        lower(replace(replace(replace(replace(regexp_replace(normalize(stated, nfd), '[\u0300-\u036f]', '', 'g'), 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') collate "C"),
        '[^a-z0-9]+', ' ', 'g');

-- The words of some members of a statement, for full-text search. Long texts are cut: PostgreSQL limits the words of one text.
create function directory.words_of(statement jsonb, variadic paths jsonpath[]) returns tsvector
    language sql immutable parallel safe
    return strip(to_tsvector('simple'::regconfig, directory.plain_text(left(
        (select string_agg(stated #>> '{}', ' ') from unnest(paths) path, jsonb_path_query(statement, path) stated), 200000))));

-- Those of the given members (`foundation`, `foundation.date`) that a statement does not have, and that its evidence does not call
-- "none".
create function directory.missing_of(statement jsonb, variadic members text[]) returns text[]
    language sql immutable parallel safe
    return array(
        select member from unnest(members) member
        where statement #> string_to_array(member, '.') is null
          and 'none' is distinct from statement #>> array['evidence', '/' || replace(member, '.', '/'), 'state']
          and 'none' is distinct from statement #>> array['evidence', '/' || split_part(member, '.', 1), 'state']);

-- First and last day of a date as councils state it: 2014, 2014-03, 2014-03-21, or a season. Seasons are those of meteorology, whole
-- months: 2014-21 (spring) is March to May, 2014-24 (winter) is December to February of the next year. The service does the same
-- (FuzzyDateSpan); a test compares them.
create function directory.first_day(stated text) returns date
    language sql immutable parallel safe
    return case
        when stated ~ '^\d{4}$' then make_date(stated::integer, 1, 1)
        when stated ~ '^\d{4}-2[1-4]$' then make_date(left(stated, 4)::integer, 3 * (right(stated, 1)::integer), 1)
        when stated ~ '^\d{4}-\d{2}$' then make_date(left(stated, 4)::integer, right(stated, 2)::integer, 1)
        when stated ~ '^\d{4}-\d{2}-\d{2}$' then make_date(left(stated, 4)::integer, substr(stated, 6, 2)::integer, right(stated, 2)::integer)
    end;

create function directory.last_day(stated text) returns date
    language sql immutable parallel safe
    return (case
        when stated ~ '^\d{4}$' then directory.first_day(stated) + interval '1 year'
        when stated ~ '^\d{4}-2[1-4]$' then directory.first_day(stated) + interval '3 months'
        when stated ~ '^\d{4}-\d{2}$' then directory.first_day(stated) + interval '1 month'
        when stated ~ '^\d{4}-\d{2}-\d{2}$' then directory.first_day(stated) + interval '1 day'
    end)::date - 1;

-- The words that the national search compares: plain letters and digits, single blanks, "st" as "saint". E-mail addresses and
-- telephone numbers are left out. The extension "unaccent" is not used: its rules are a file of the server, and could change what
-- a search finds after an upgrade.
create function published.search_plain(stated text) returns text
    language sql immutable parallel safe
    return btrim(regexp_replace(regexp_replace(regexp_replace(
        lower(replace(replace(replace(replace(
            regexp_replace(
                normalize(regexp_replace(regexp_replace(stated, '\S+@\S+', ' ', 'g'), '(\+33|\m0)[ .]?[1-9]([ .-]?[0-9]{2}){4}', ' ', 'g'), nfkd),
                '[\u0300-\u036f]', '', 'g'),
            'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae') collate "C"),
        '\m([a-z])\.(?=[a-z]\M)', '\1', 'g'),
        '[^a-z0-9]+', ' ', 'g'),
        '\mst(e?s?)\M', 'saint\1', 'g'));
