using CLSM.Directory.Api.Database;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>Thousands of visibly made-up councils (<c>test-00001</c>…), varied and written as a bulk load, with what the database derives from them.</summary>
internal static class ManyCouncils
{
    /// <summary>Writes them as the administrator, without triggers: what triggers keep is derived for all at once, by the same functions.</summary>
    public static async Task LoadAsync(DirectoryDatabase database, int councils)
    {
        var administrator = TestCluster.AdministratorOf(database);
        await TestCluster.ExecuteAsync(administrator, Rows(councils));

        // Rows are known to be visible to all only once nobody reads from before they came; an analysis by the server itself may.
        do
        {
            await TestCluster.ExecuteAsync(administrator, $"vacuum (analyze) directory.{string.Join(", directory.", Tables)}");
        }
        while (await TestCluster.ScalarAsync<bool>(
            administrator,
            $"select exists (select from pg_class where relnamespace = 'directory'::regnamespace and relname in ('{string.Join("', '", Tables)}') and relallvisible < relpages)"));
    }

    private static readonly string[] Tables =
        ["council", "council_code", "organisation", "governance_body", "working_group", "contact", "event", "coverage", "covered_place", "facet"];

    private static string Rows(int councils) =>
        $$"""
        set session_replication_role = replica;
        set work_mem = '128MB';
        set maintenance_work_mem = '256MB';
        select setseed(0.5);

        drop index directory.facet_value, directory.covered_place_code;
        create temporary table place as
            select row_number() over (order by code) as n, code, epci_siren, department_code from directory.reference_commune where type = 'commune';
        create index on place (n);
        create temporary table made as
            select n, gen_random_uuid() as id, 'test-' || lpad(n::text, 5, '0') as code,
                   (1 + n::bigint * 7919 % (select count(*) from place))::bigint as place,
                   now() - n * interval '1 hour' as changed
            from generate_series(1, {{councils}}) n;

        insert into directory.council (id, code, statement, created_at, updated_at)
        select m.id, m.code, jsonb_strip_nulls(jsonb_build_object(
                   'code', m.code, 'kind', (array['clsm', 'clsm', 'clsm', 'cosm', 'cism'])[1 + m.n % 5],
                   'name', 'Conseil ' || m.code || ' ' || (array['Épreuve', 'essai', 'témoin', 'modèle'])[1 + m.n % 4] || ' groupe' || m.n % 300,
                   'status', (array['active', 'active', 'active', 'active', 'active', 'active', 'paused', 'project', 'closed', 'unknown'])[1 + m.n % 10],
                   'themes', case when m.n % 3 > 0 then jsonb_build_array((array['housing', 'prevention', 'culture', 'training', 'employment', 'addictions', 'ethics'])[1 + m.n % 7],
                                                                        (array['students', 'crisis-and-emergency', 'information', 'observation', 'other'])[1 + m.n % 5]) end,
                   'purpose', case when m.n % 2 = 0 then repeat(md5(m.n::text) || ' coordination du territoire ', 8) end,
                   'website', case when m.n % 5 < 3 then 'https://example.invalid/' || m.code end,
                   'foundation', case when m.n % 4 > 0 then jsonb_build_object('text', m.code) end,
                   'participation', jsonb_build_object('categories', jsonb_build_array(jsonb_build_object('label', 'x', 'category', (array['social-landlords', 'justice', 'police', 'culture'])[1 + m.n % 4]))),
                   'territory', jsonb_build_object('parts', case m.n % 20
                        when 0 then jsonb_build_array(jsonb_build_object('type', 'epci', 'code', coalesce(p.epci_siren, '200039865')))
                        when 1 then jsonb_build_array(jsonb_build_object('type', 'psychiatric-sector', 'code', left(p.department_code, 2) || 'G01'))
                        else jsonb_build_array(jsonb_build_object('type', 'commune', 'code', p.code)) end))),
               m.changed, m.changed
        from made m join place p on p.n = m.place;
        insert into directory.council_code (code, council_id) select code, id from made;

        create temporary table part as select m.*, k, gen_random_uuid() as part from made m cross join generate_series(1, 2) k;
        insert into directory.organisation (council_id, id, natural_key, statement, created_at, updated_at)
        select id, part, part::text, jsonb_strip_nulls(jsonb_build_object(
                   'name', 'Organisation ' || code || ' ' || k || ' lot' || n % 500,
                   'category', case when (n + k) % 4 > 0 then (array['municipalities', 'health-establishments', 'ccas', 'local-associations', 'intercommunality'])[1 + (n + k) % 5] end,
                   'roles', case k when 1 then '["carrier"]'::jsonb when 2 then '["member", "funder"]' end,
                   'identifiers', case when k = 1 then jsonb_build_object('siren', lpad((n % 5000)::text, 9, '0'), 'finess', 'T' || lpad(n::text, 8, '0')) end,
                   'website', case when n % 2 = 0 then 'https://example.invalid/' end)),
               changed, changed
        from part;
        insert into directory.governance_body (council_id, id, natural_key, statement, created_at, updated_at)
        select id, gen_random_uuid(), k::text, jsonb_strip_nulls(jsonb_build_object(
                   'name', 'Instance ' || code || ' ' || k, 'type', (array['steering-committee', 'plenary-assembly', 'technical-committee', 'bureau'])[1 + (n + k) % 4],
                   'openness', case when n % 2 = 0 then (array['open', 'members'])[k] end, 'purpose', case when n % 2 = 1 then 'orienter lot' || n % 400 end,
                   'composition', case when k = 1 then '[{"label":"x","category":"deciders"}]'::jsonb end)),
               changed, changed
        from part where k < 2;
        insert into directory.working_group (council_id, id, natural_key, statement, created_at, updated_at)
        select id, gen_random_uuid(), 'g', jsonb_strip_nulls(jsonb_build_object(
                   'name', 'Groupe ' || code || ' lot' || n % 200, 'kind', (array['group', 'class'])[1 + n % 2], 'status', (array['active', 'ended', null])[1 + n % 3],
                   'themes', case when n % 2 = 0 then jsonb_build_array((array['housing', 'prevention', 'culture', 'other'])[1 + n / 2 % 4]) end)),
               changed, changed
        from made;
        insert into directory.contact (council_id, id, natural_key, statement, created_at, updated_at)
        select id, gen_random_uuid(), 'c', jsonb_strip_nulls(jsonb_build_object(
                   'label', 'Accueil ' || code || ' lot' || n % 250, 'function', (array['coordinator', 'general-enquiries', 'president'])[1 + n % 3], 'nominative', false,
                   'visibility', (array['public', 'public', 'public', 'public', 'council'])[1 + n % 5], 'phones', case when n % 2 = 0 then '["+33100000000"]'::jsonb end)),
               changed, changed
        from made where n % 6 > 0;
        insert into directory.event (council_id, id, natural_key, statement, created_at, updated_at)
        select id, gen_random_uuid(), 'e', jsonb_strip_nulls(jsonb_build_object(
                   'name', 'Semaine ' || code || ' lot' || n % 250, 'kind', (array['sism', 'theme-day', 'debate'])[1 + n % 3], 'recurrence', case when n % 2 = 0 then 'yearly' end,
                   'themes', case when n % 2 = 0 then jsonb_build_array((array['housing', 'prevention', 'culture', 'other'])[1 + n / 2 % 4]) end)),
               changed, changed
        from made where n % 7 > 0;

        insert into directory.coverage (council_id, commune_code, extent, through_type, through_code, first_day, last_day)
        select m.id, r.* from made m join directory.council c on c.id = m.id cross join lateral directory.resolve_territory(c.statement) r;
        insert into directory.covered_place (council_id, kind, code, days) select * from directory.places_of(array(select id from made));
        insert into directory.facet (council_id, source_id, name, value)
        select m.id, m.id, f.name, f.value from made m join directory.council c on c.id = m.id cross join lateral directory.facets_of_council(c.statement) f
        union all
        select p.council_id, p.id, f.name, f.value
        from (select council_id, id, statement from directory.governance_body union all select council_id, id, statement from directory.working_group
              union all select council_id, id, statement from directory.organisation) p
        cross join lateral directory.facets_of_part(p.statement, coalesce(p.statement -> 'roles' ? 'carrier', false)) f
        on conflict do nothing;
        create index facet_value on directory.facet (name, value, council_id);
        create index covered_place_code on directory.covered_place (kind, code, council_id, days);
        update directory.change_head set cursor = cursor + 1
        """;
}
