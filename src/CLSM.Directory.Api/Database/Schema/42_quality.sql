-- What the directory knows of its councils, and how sure it is. Views only, on tables with personal data: they show codes of fields and of
-- criteria, and no value.

-- How sure the directory is of each thing that a sheet can state, for each council: the closest pointer of its evidence decides. `unsaid`: something
-- is there, and nothing says where from.
create view published.council_evidence as
    select v.* from (
    select c.id as council_id, f.field,
           case when not f.is_there then case when f.said = 'none' then 'none' else 'not-stated' end
                when f.said in ('stated', 'inferred', 'mentioned') then f.said
                else 'unsaid' end as state
    from directory.council c
    cross join lateral jsonb_to_record(c.statement) as m (
        name jsonb, status jsonb, aliases jsonb, territory jsonb, foundation jsonb, objectives jsonb, participation jsonb, means jsonb, posts jsonb,
        coordination jsonb, frameworks jsonb, website jsonb, themes jsonb, "statusHistory" jsonb, evidence jsonb)
    cross join lateral (values
        ('name', '/name', m.name is not null, null), ('status', '/status', m.status is not null, null), ('statusHistory', '/statusHistory', m."statusHistory" is not null, null),
        ('aliases', '/aliases', m.aliases is not null, null), ('territory', '/territory', m.territory is not null, null), ('foundation', '/foundation', m.foundation is not null, null),
        ('foundation.date', '/foundation/date', coalesce(m.foundation ? 'date', false), '/foundation'), ('foundation.founders', '/foundation/founders', coalesce(m.foundation ? 'founders', false), '/foundation'),
        ('objectives', '/objectives', m.objectives is not null, null), ('themes', '/themes', m.themes is not null, null), ('participation', '/participation', m.participation is not null, null),
        ('means', '/means', m.means is not null, null), ('posts', '/posts', m.posts is not null, null), ('coordination', '/coordination', m.coordination is not null, null),
        ('frameworks', '/frameworks', m.frameworks is not null, null), ('website', '/website', m.website is not null, null),
        ('governanceBodies', '/governanceBodies', exists (select from directory.governance_body p where p.council_id = c.id), null),
        ('workingGroups', '/workingGroups', exists (select from directory.working_group p where p.council_id = c.id), null),
        ('organisations', '/organisations', exists (select from directory.organisation p where p.council_id = c.id), null),
        ('contacts', '/contacts', exists (select from directory.contact p where p.council_id = c.id and p.visibility = 'public'), null),
        ('events', '/events', exists (select from directory.event p where p.council_id = c.id), null)) v (field, pointer, is_there, parent)
    cross join lateral (
        select v.field, v.is_there,
               coalesce(m.evidence -> v.pointer ->> 'state', m.evidence -> v.parent ->> 'state', m.evidence -> '' ->> 'state') as said) f) v where directory.is_visible(v.council_id);

-- The criteria of quality, as the quality of one council says them; a test compares the two. As the public sees the council.
create view published.council_quality as
    select v.* from (
    select c.id as council_id, v.criterion, coalesce(v.is_met, false) as is_met
    from directory.council c
    cross join lateral jsonb_to_record(c.statement) as m (
        territory jsonb, foundation jsonb, participation jsonb, posts jsonb, coordination jsonb, website jsonb, sources jsonb)
    cross join lateral (
        select bool_or(p.type = 'steering-committee') as has_steering,
               bool_or(jsonb_path_exists(p.statement, '$.posts[*] ? (@.function == "chair" || @.function == "co-chair")')) as has_chair,
               coalesce(jsonb_agg(jsonb_path_query_array(p.statement, '$.composition[*].category')), '[]') as categories
        from directory.governance_body p where p.council_id = c.id) bodies
    cross join lateral (
        select bool_or(p.roles @> array['carrier']) as has_carrier, coalesce(array_agg(distinct p.category) filter (where p.category is not null), '{}') as categories
        from directory.organisation p where p.council_id = c.id) organisations
    cross join lateral (
        select bool_or(p.statement ?| array['phones', 'emails']) as is_reachable, bool_or(p.function = 'coordinator') as has_coordinator
        from directory.contact p where p.council_id = c.id and p.visibility = 'public') contacts
    cross join lateral (
        select max(coalesce(source ->> 'updatedOn', source ->> 'retrievedOn')) as day from jsonb_array_elements(m.sources) source) latest
    cross join lateral (
        select organisations.categories
               || array(select x #>> '{}' from jsonb_path_query(m.participation, '$.categories[*].category') x)
               || array(select x #>> '{}' from jsonb_path_query(bodies.categories, '$[*][*]') x) as categories) present
    cross join lateral (values
        ('known-status', c.status <> 'unknown'),
        ('reachable-contact', contacts.is_reachable),
        ('carrier', coalesce(organisations.has_carrier, false) or coalesce(m.coordination ? 'organisation', false)),
        ('coordination', m.coordination is not null or contacts.has_coordinator),
        ('territory-resolved', jsonb_path_exists(m.territory, '$.parts[*].code')),
        ('presidency', coalesce(jsonb_path_exists(m.posts, '$[*] ? (@.function == "chair" || @.function == "co-chair")'), false) or bodies.has_chair),
        ('steering-body', bodies.has_steering),
        ('foundation', m.foundation ? 'date'),
        ('website', m.website is not null),
        ('recent-source', latest.day::date > (now() at time zone 'utc')::date - interval '2 years'),
        ('framework-member-groups',
            present.categories && array['elected-officials', 'municipalities'] and present.categories && array['public-psychiatry', 'health-establishments']
            and present.categories && array['users-and-patients', 'user-associations'] and present.categories && array['carers-and-families', 'user-associations']
            and (m.coordination is not null or coalesce(contacts.has_coordinator, false)))) v (criterion, is_met)) v where directory.is_visible(v.council_id);
