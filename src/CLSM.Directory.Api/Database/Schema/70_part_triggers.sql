-- What happens when a part is written: the same for every kind. PostgreSQL runs triggers in the order of their names.

create function directory.create_part_triggers(kind text) returns void
    language plpgsql set search_path = pg_catalog
as $template$
declare
    trigger text;
begin
    foreach trigger in array array[
        -- The version of the part, then that of its council.
        'trigger %1$s_1_version before insert or update on directory.%1$I for each row execute function directory.set_part_version()',
        'trigger %1$s_2_bump_on_write after insert or delete on directory.%1$I for each row
             execute function directory.bump_council_version()',
        'trigger %1$s_2_bump_on_update after update on directory.%1$I for each row when (old.version <> new.version)
             execute function directory.bump_council_version()',
        'trigger %1$s_3_references after insert or update of statement or delete on directory.%1$I for each row
             execute function directory.sync_references()',
        -- The change log, at the end of the transaction.
        'constraint trigger %1$s_4_change after insert or delete on directory.%1$I deferrable initially deferred for each row
             execute function directory.append_change()',
        'constraint trigger %1$s_5_change after update on directory.%1$I deferrable initially deferred for each row
             when (old.version <> new.version) execute function directory.append_change()',
        'trigger %1$s_8_history after insert or delete on directory.%1$I for each row execute function directory.append_history()',
        'trigger %1$s_8_history_of_update after update on directory.%1$I for each row when (old.version <> new.version)
             execute function directory.append_history()',
        'trigger %1$s_9_search after insert or update of statement or delete on directory.%1$I for each row
             execute function directory.sync_search_of_part()']
    loop
        execute format('create ' || trigger, kind);
    end loop;
end
$template$;

select directory.create_part_triggers(kind) from directory.part_tables() kind;
