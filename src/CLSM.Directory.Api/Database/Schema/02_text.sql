-- Functions on texts and on members of statements. A statement is the JSON document of a council or of a part, kept whole.
-- They depend on their arguments alone, so that columns can be generated from them.

-- A JSON array of strings as an array of PostgreSQL.
create function directory.texts(list jsonb) returns text[]
    language sql immutable parallel safe
    return array(select jsonb_array_elements_text(list));

-- Small plain letters and digits, words separated by one blank each: without case, accents, ligatures, signs and what nobody sees. The
-- service does the same (PlainText); a test compares them on every character. Not the extension "unaccent": its rules are a file of the
-- server, and a search would find other things after an upgrade than what was written.
create function directory.plain_text(
    stated text, without_addresses boolean default false, joined_acronyms boolean default false,
    saint_abbreviations boolean default false) returns text
    language plpgsql immutable parallel safe
as $$
declare
    plain text collate "C" := normalize(stated, nfkd);
begin
    -- Marks, soft hyphens, zero-width characters, variation selectors.
    plain := regexp_replace(
        plain,
        '[\u00AD\u0300-\u036F\u061C\u115F\u1160\u180B-\u180F\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200F\u202A-\u202E\u2060-\u206F\u20D0-\u20FF'
            || '\uFE00-\uFE0F\uFE20-\uFE2F\uFEFF\uFFF9-\uFFFB\U000E0000-\U000E0FFF]',
        '', 'g');
    -- Letters that have no decomposition in Unicode, and small capitals.
    plain := translate(
        plain,
        'ØøĐđÐðƉɖĦħıȷŁłŊŋŦŧƀɃƁɓƊɗƑƒƓɠƗɨƘƙƝɲƟɵƤƥƬƭƲʋƳƴƵƶǤǥȺⱥȻȼɆɇƏəƐɛƆɔɑɡᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ',
        'ooddddddhhijllnnttbbbbddffggiikknnooppttvvyyzzggaacceeeeeeooagabcdefghijklmnopqrstuvwyz');
    plain := regexp_replace(plain, '[Ææᴁ]', 'ae', 'g');
    plain := regexp_replace(plain, '[Œœɶ]', 'oe', 'g');
    plain := regexp_replace(plain, '[ẞß]', 'ss', 'g');
    plain := regexp_replace(plain, '[Þþ]', 'th', 'g');
    plain := lower(plain);
    if without_addresses then
        plain := regexp_replace(plain, '[^\t-\r \u0085\u1680\u2028\u2029]+@[^\t-\r \u0085\u1680\u2028\u2029]+', ' ', 'g');
        plain := regexp_replace(plain, '(?:\+33|(?<![0-9A-Za-z])0)[ .]?[1-9](?:[ .-]?[0-9]{2}){4}', ' ', 'g');
    end if;
    if joined_acronyms then
        plain := regexp_replace(plain, '[^a-z0-9.]+', ' ', 'g');
        plain := regexp_replace(plain, '\m([a-z])\.(?=[a-z]\M)', '\1', 'g');
    end if;
    plain := btrim(regexp_replace(plain, '[^a-z0-9]+', ' ', 'g'));
    if saint_abbreviations then
        plain := regexp_replace(plain, '\mst(e?s?)\M', 'saint\1', 'g');
    end if;
    return plain;
end
$$;

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
        when stated ~ '^\d{4}-\d{2}-\d{2}$'
            then make_date(left(stated, 4)::integer, substr(stated, 6, 2)::integer, right(stated, 2)::integer)
    end;

create function directory.last_day(stated text) returns date
    language sql immutable parallel safe
    return (case
        when stated ~ '^\d{4}$' then directory.first_day(stated) + interval '1 year'
        when stated ~ '^\d{4}-2[1-4]$' then directory.first_day(stated) + interval '3 months'
        when stated ~ '^\d{4}-\d{2}$' then directory.first_day(stated) + interval '1 month'
        when stated ~ '^\d{4}-\d{2}-\d{2}$' then directory.first_day(stated) + interval '1 day'
    end)::date - 1;

-- The words that the national search compares. Readers have no way into the schema `directory`, so this name is in `published`.
create function published.search_plain(stated text) returns text
    language sql immutable parallel safe
    return directory.plain_text(stated, without_addresses => true, joined_acronyms => true, saint_abbreviations => true);
