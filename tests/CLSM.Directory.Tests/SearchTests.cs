using System.Net;
using System.Text;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The national search on two real councils and on visibly made-up ones: what is found, what never is, and what is refused.</summary>
internal sealed class SearchTests : DirectoryFixture
{
    [Test]
    public async Task A_hit_says_what_it_is_where_it_is_and_why()
    {
        var answer = await SearchAsync("comité de pilotage grenoble");
        var hit = answer.Items[0]!;
        Assert.That((hit.Text("type"), hit["council"].Text("code"), hit.Text("name")), Is.EqualTo(("governance-body", "grenoble", "Comité de pilotage")));
        hit["highlights"]![0].ShouldBe("""{"member":"name","fragments":[{"text":"Comité de pilotage","found":true}]}""");
        Assert.That((await Anonymous.GetAsync(hit.Text("href"))).With(HttpStatusCode.OK).Json.Text("id"), Is.EqualTo(hit.Text("id")));
    }

    [Test]
    public async Task A_contact_is_called_by_its_label()
    {
        await CouncilAsync("test-label", """ "contacts":[{"function":"coordinator","label":"test-accueil","nominative":false,"visibility":"public"}]""");
        var hit = (await SearchAsync("test accueil")).Items.Single(item => item!.Text("type") == "contact")!;
        Assert.That(hit.Text("name"), Is.EqualTo("test-accueil"));
    }

    [Test]
    public async Task Highlights_hold_the_text_as_it_is_and_no_markup_of_their_own()
    {
        await CouncilAsync("test-markup", """ "events":[{"name":"<b>test-gras</b> & <script>x</script>","kind":"forum"}]""");
        var hit = (await SearchAsync("test gras")).Items.Single(item => item!.Text("type") == "event")!;
        var fragments = hit["highlights"]![0]!["fragments"]!.AsArray();
        Assert.That(string.Concat(fragments.Select(fragment => fragment!.Text("text"))), Is.EqualTo("<b>test-gras</b> & <script>x</script>"));
        Assert.That(fragments.Where(fragment => fragment!["found"]!.GetValue<bool>()).Select(fragment => fragment!.Text("text")), Is.EqualTo(new[] { "test", "gras" }));
    }

    [Test]
    public async Task Facets_count_all_hits_as_the_filters_find_them()
    {
        var answer = await SearchAsync("grenoble", "&limit=1");
        var facets = answer.Json["facets"]!;
        var total = TotalOf(answer);
        Assert.That(facets["types"]!.AsArray().Sum(facet => facet!["count"]!.GetValue<int>()), Is.EqualTo(total));
        foreach (var (word, list) in new[] { ("status", "statuses"), ("theme", "themes"), ("type", "types") })
        {
            Assert.That(facets[list]!.AsArray(), Is.Not.Empty);
            foreach (var facet in facets[list]!.AsArray())
            {
                Assert.That(TotalOf(await SearchAsync("grenoble", $"&{word}={facet.Text("code")}")), Is.EqualTo(facet!["count"]!.GetValue<int>()), facet.ToJsonString());
            }
        }

        Assert.That(facets["regions"]![0].Text("code"), Is.EqualTo("84"));
    }

    [Test]
    public async Task A_walk_gives_each_hit_once_and_in_order()
    {
        await CouncilAsync("test-walk", "\"events\":[" + string.Join(',', Enumerable.Range(0, 25).Select(number => $$"""{"name":"test-walk {{number}}","kind":"forum"}""")) + "]");
        var walked = new List<(int Score, string Key)>();
        for (var next = "/v1/search?q=test-walk&limit=4"; next is not null;)
        {
            var answer = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
            Assert.That(TotalOf(answer), Is.EqualTo(26));
            walked.AddRange(answer.Items.Select(item => (item!["score"]!.GetValue<int>(), item.Text("type") + item.Text("id"))));
            next = answer.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.That(walked.Select(hit => hit.Key), Is.Unique);
        Assert.That(walked, Has.Count.EqualTo(26));
        Assert.That(walked.Select(hit => hit.Score), Is.Ordered.Descending);
    }

    [Test]
    public async Task A_walk_of_a_mistyped_word_goes_on_as_it_began()
    {
        await CouncilAsync("test-mistyped", "\"events\":[" + string.Join(',', Enumerable.Range(0, 4).Select(number => $$"""{"name":"Rhinocéros {{number}}","kind":"forum"}""")) + "]");
        var first = await SearchAsync("rhinoceors", "&limit=2");
        first.Json["interpretation"].ShouldBe("""{"matched":"all","corrections":[{"word":"rhinoceors","sought":["rhinoceros"]}]}""");
        await CouncilAsync("test-rhinoceors", """ "events":[{"name":"Rhinoceors","kind":"forum"}]""");
        var second = await SearchAsync("rhinoceors", $"&limit=2&cursor={first.Json["page"].Text("next")}");
        Assert.That(second.Items.Select(item => item!.Text("name")), Is.All.StartsWith("Rhinocéros"));
        Assert.That(second.Items.Concat(first.Items).Select(item => item!.Text("id")), Is.Unique);
    }

    [Test]
    public async Task A_change_of_a_part_is_found_at_once_and_its_former_words_no_more()
    {
        await CouncilAsync("test-change", """ "workingGroups":[{"name":"Ornithologie","kind":"group"}]""");
        var hit = (await SearchAsync("ornithologie")).Items.Single()!;
        (await Administrator.PatchAsync(hit.Text("href"), """{"name":"Minéralogie"}""", "*")).With(HttpStatusCode.OK);
        await NothingAsync("ornithologie");
        Assert.That(TotalOf(await SearchAsync("mineralogie")), Is.EqualTo(1));
        (await Administrator.DeleteAsync(hit.Text("href"), "*")).With(HttpStatusCode.NoContent);
        await NothingAsync("mineralogie");
    }

    [Test]
    public async Task A_renamed_council_is_found_with_all_its_parts_by_the_new_name()
    {
        await CouncilAsync("test-renamed", """ "events":[{"name":"test-forum","kind":"forum"}]""");
        (await Administrator.PatchAsync("/v1/councils/test-renamed", """{"name":"Conseil de Xanadu"}""", "*")).With(HttpStatusCode.OK);
        Assert.That((await SearchAsync("xanadu forum")).Items.Single()!.Text("type"), Is.EqualTo("event"));
        (await Administrator.DeleteAsync("/v1/councils/test-renamed", "*")).With(HttpStatusCode.NoContent);
        await NothingAsync("xanadu");
    }

    [Test]
    public async Task A_repair_by_plain_SQL_is_found_as_any_other_change()
    {
        await CouncilAsync("test-repair", """ "events":[{"name":"test-before","kind":"forum"}]""");
        await TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            """update directory.event set statement = jsonb_set(statement, '{name}', '"Zoroastre"') where statement ->> 'name' = 'test-before'""");
        Assert.That(TotalOf(await SearchAsync("zoroastre")), Is.EqualTo(1));
    }

    [Test]
    public async Task A_contact_that_becomes_restricted_leaves_no_word()
    {
        await CouncilAsync("test-restricted", """ "contacts":[{"function":"coordinator","label":"Quetzalcoatl","nominative":false,"visibility":"public"}]""");
        var hit = (await SearchAsync("quetzalcoatl")).Items.Single()!;
        (await Administrator.PatchAsync(hit.Text("href"), """{"visibility":"council"}""", "*")).With(HttpStatusCode.OK);
        await NothingAsync("quetzalcoatl");
        Assert.That((await Administrator.GetAsync("/v1/search?q=quetzalcoatl")).With(HttpStatusCode.OK).Json["page"]!["total"]!.GetValue<int>(), Is.Zero);
        var kept = await TestCluster.ScalarAsync<long>(TestCluster.AdministratorOf(Database), "select count(*) from directory.search_entry where vector::text ilike '%quetzal%' or names ilike '%quetzal%' or context ilike '%quetzal%'");
        Assert.That(kept, Is.Zero);
        (await Administrator.PatchAsync(hit.Text("href"), """{"visibility":"public"}""", "*")).With(HttpStatusCode.OK);
        Assert.That(TotalOf(await SearchAsync("quetzalcoatl")), Is.EqualTo(1));
    }

    [TestCase("Nabuchodonosor")]
    [TestCase("nabuchodonosor test")]
    [TestCase("nabuchodonosor@test.example")]
    [TestCase("test.example")]
    [TestCase("01 23 45 67 89")]
    [TestCase("+33123456789")]
    public async Task A_person_an_address_and_a_number_are_found_by_nobody(string words)
    {
        await CouncilAsync(
            $"test-person-{Math.Abs(words.GetHashCode(StringComparison.Ordinal))}",
            """
            "purpose":"Écrire à nabuchodonosor@test.example ou au 01 23 45 67 89.","sources":[{"id":"s"}],
            "contacts":[{"function":"coordinator","label":"Coordination, Nabuchodonosor","person":"Nabuchodonosor","nominative":true,"visibility":"public",
                         "emails":["nabuchodonosor@test.example"],"phones":["+33123456789"],"legalBasis":"consent","source":"s","reviewOn":"2030-01-01"}]
            """);
        var found = (await SearchAsync(words)).Items
            .SelectMany(item => item!["highlights"]?.AsArray() ?? [])
            .SelectMany(highlight => highlight!["fragments"]!.AsArray())
            .Where(fragment => fragment!["found"]!.GetValue<bool>())
            .Select(fragment => fragment.Text("text").ToLowerInvariant())
            .Distinct();
        Assert.That(found, Is.SubsetOf(new[] { "test" }));
        if (!words.Contains("test", StringComparison.Ordinal) || words.Contains('@', StringComparison.Ordinal))
        {
            await NothingAsync(words);
        }
    }

    [TestCase("", "empty-parameter")]
    [TestCase("%00", "control-character")]
    [TestCase("a%00b", "control-character")]
    [TestCase("a%0Ab", "control-character")]
    public async Task What_is_no_text_is_refused_by_its_name(string words, string code) =>
        Assert.That((await Anonymous.GetAsync($"/v1/search?q={words}")).With(HttpStatusCode.BadRequest).Error("q").Text("code"), Is.EqualTo(code));

    [Test]
    public async Task Without_words_there_is_no_search() =>
        Assert.That((await Anonymous.GetAsync("/v1/search")).With(HttpStatusCode.BadRequest).Error("q").Text("code"), Is.EqualTo("missing-parameter"));

    [TestCase(301)]
    [TestCase(1_000_000)]
    public async Task Words_without_end_are_refused_by_their_name(int length) =>
        (await Anonymous.GetAsync($"/v1/search?q={new string('a', length)}")).With(HttpStatusCode.BadRequest).Error("q");

    [TestCase("le de la")]
    [TestCase("!!! ... ---")]
    [TestCase("' OR 1=1; DROP TABLE directory.council; --")]
    [TestCase("a & | ! ( <-> :* b")]
    [TestCase("metz:* & !(grenoble)")]
    [TestCase("\\")]
    [TestCase("''")]
    [TestCase("$1 {0} %s @names")]
    [TestCase("санте 健康 🧠")]
    [TestCase("a:b'c\\d")]
    [TestCase("1e400 0x1F -1 3.14.15")]
    public async Task Any_words_are_safe(string words)
    {
        var answer = await SearchAsync(words);
        Assert.That(answer.Items, Has.Count.LessThanOrEqualTo(50));
    }

    [TestCase("q=%ED%A0%80")]
    [TestCase("q=%C3%28")]
    [TestCase("q=%FF%FE")]
    public async Task Bytes_that_are_no_text_never_break_the_search(string query) =>
        Assert.That((int)(await Anonymous.GetAsync($"/v1/search?{query}")).Status, Is.EqualTo(200).Or.EqualTo(400));

    [Test]
    public async Task Any_bytes_are_safe()
    {
        var random = new Random(4);
        for (var round = 0; round < 150; round++)
        {
            var bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            var words = round % 2 == 0
                ? string.Concat(bytes.Select(value => $"%{value:X2}"))
                : Uri.EscapeDataString(Encoding.Latin1.GetString(bytes.Select(value => (byte)(32 + (value % 95))).ToArray()));
            var answer = await Anonymous.GetAsync($"/v1/search?q={words}");
            Assert.That((int)answer.Status, Is.EqualTo(200).Or.EqualTo(400), words);
        }
    }

    [Test]
    public async Task Only_words_that_say_nothing_find_nothing_and_say_so()
    {
        var answer = await SearchAsync("le de la");
        Assert.That(TotalOf(answer), Is.Zero);
        answer.Json["interpretation"].ShouldBe("""{"matched":"none"}""");
    }

    [TestCase("q=metz&type=counsil", "type", "council")]
    [TestCase("q=metz&stauts=active", "stauts", "status")]
    [TestCase("q=metz&limit=0", "limit", "1")]
    [TestCase("q=metz&cursor=abc", "cursor", null)]
    [TestCase("q=metz&q=grenoble", "q", null)]
    public async Task A_wrong_parameter_is_refused_with_the_closest(string query, string parameter, string? closest) =>
        Assert.That((await Anonymous.GetAsync($"/v1/search?{query}")).With(HttpStatusCode.BadRequest).Error(parameter)["closest"]?.GetValue<string>(), Is.EqualTo(closest));

    [TestCase("""{"type":"x' or true","score":1,"all":true,"corrections":[]}""", HttpStatusCode.OK)]
    [TestCase("""{"type":"event","score":-2147483648,"all":false,"corrections":[{"word":"metz","sought":["x'|y"]}]}""", HttpStatusCode.BadRequest)]
    [TestCase("""{"type":"event","score":1,"all":true,"corrections":[{"word":"metz","sought":[]}]}""", HttpStatusCode.BadRequest)]
    [TestCase("""{"type":"event"}""", HttpStatusCode.BadRequest)]
    [TestCase("[]", HttpStatusCode.BadRequest)]
    public async Task A_forged_cursor_does_no_harm(string key, HttpStatusCode status)
    {
        var cursor = (await SearchAsync("metz", "&limit=1")).Json["page"].Text("next");
        var parts = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor)).Split('\n');
        var forged = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join('\n', [.. parts[..3], key])));
        (await Anonymous.GetAsync($"/v1/search?q=metz&limit=1&cursor={forged}")).With(status);
        (await Anonymous.GetAsync($"/v1/search?q=grenoble&limit=1&cursor={cursor}")).With(HttpStatusCode.BadRequest).Error("cursor");
    }

    [Test]
    public async Task What_a_client_holds_already_is_not_sent_again_until_something_changes()
    {
        var answer = await SearchAsync("metz");
        (await Anonymous.GetAsync("/v1/search?q=metz", ("If-None-Match", answer.ETag))).With(HttpStatusCode.NotModified);
        await CouncilAsync("test-etag", """ "purpose":"test" """);
        (await Anonymous.GetAsync("/v1/search?q=metz", ("If-None-Match", answer.ETag))).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Councils_are_written_at_once_without_waiting_for_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(number => CouncilAsync($"test-parallel-{number}", """ "events":[{"name":"Concomitance","kind":"forum"}]""")));
        Assert.That(TotalOf(await SearchAsync("concomitance")), Is.EqualTo(16));
    }

    private async Task CouncilAsync(string code, string members) =>
        (await Administrator.PutAsync($"/v1/councils/{code}/document", $$"""{"code":"{{code}}","kind":"clsm","name":"{{code}}","status":"active",{{members}} }""", null)).With(HttpStatusCode.Created);

    private async Task NothingAsync(string words) => Assert.That(TotalOf(await SearchAsync(words)), Is.Zero, words);

    private async Task<Answer> SearchAsync(string words, string more = "") =>
        (await Anonymous.GetAsync($"/v1/search?q={Uri.EscapeDataString(words)}{more}")).With(HttpStatusCode.OK);

    private static int TotalOf(Answer answer) => answer.Json["page"]!["total"]!.GetValue<int>();
}
