-- Which organisations a statement refers to. With this table PostgreSQL itself refuses a reference to the organisation of another
-- council, and the removal of an organisation that is still referred to.

create table directory.organisation_reference (
    council_id uuid not null constraint organisation_reference_council references directory.council (id) on delete cascade,
    organisation_id uuid not null,
    referrer_type text not null,
    referrer_id uuid not null,
    constraint organisation_reference_pkey primary key (council_id, organisation_id, referrer_type, referrer_id),
    constraint organisation_reference_organisation foreign key (council_id, organisation_id)
        references directory.organisation (council_id, id) deferrable initially deferred
);

create index organisation_reference_referrer on directory.organisation_reference (council_id, referrer_type, referrer_id);

create function directory.sync_references() returns trigger
    language plpgsql security definer set search_path = pg_catalog, directory
as $$
declare
    the_type text := replace(tg_table_name, '_', '-');
    the_council uuid;
    the_id uuid;
begin
    if tg_op = 'DELETE' then
        the_id := old.id;
        the_council := coalesce(to_jsonb(old) ->> 'council_id', old.id::text)::uuid;
    else
        the_id := new.id;
        the_council := coalesce(to_jsonb(new) ->> 'council_id', new.id::text)::uuid;
    end if;

    delete from organisation_reference r where r.council_id = the_council and r.referrer_type = the_type and r.referrer_id = the_id;
    if tg_op <> 'DELETE' then
        insert into organisation_reference (council_id, organisation_id, referrer_type, referrer_id)
        select distinct the_council, (reference #>> '{}')::uuid, the_type, the_id
        from unnest(array[
                 '$.**.organisation.id', '$.**.holderOrganisation.id', '$.**.founders[*].id', '$.**.leads[*].id']::jsonpath[]) path,
             jsonb_path_query(new.statement, path) reference;
    end if;
    return null;
end
$$;

create trigger council_3_references after insert or update of statement on directory.council
    for each row execute function directory.sync_references();
