using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Api;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Privacy;

/// <summary>A person takes back what is held of them: everywhere, for ever, and without anybody learning what it was.</summary>
internal sealed class ObjectionTests : DirectoryFixture
{
    [Test]
    public async Task An_objection_withdraws_the_contact_everywhere_and_says_why()
    {
        var person = MadeUpPerson.Next();
        var contact = (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"))).With(HttpStatusCode.Created);
        var id = contact.Json.Text("id");
        var cursor = (await Anonymous.GetAsync("/v1/changes/latest")).Json.Text("cursor");

        var objection = (await Metz.PostAsync($"/v1/contacts/{id}/objection", "")).With(HttpStatusCode.OK);
        Assert.That((objection.Json.Text("reason"), objection.Json["contacts"]!.GetValue<int>()), Is.EqualTo(("objection", 1)));
        Assert.That(objection.Headers["Cache-Control"], Is.EqualTo("no-store"));

        foreach (var address in new[] { contact.Headers["Location"], $"/v1/contacts/{id}/processing" })
        {
            foreach (var caller in new[] { Anonymous, Metz, Administrator })
            {
                var gone = (await caller.GetAsync(address)).With(HttpStatusCode.Gone);
                Assert.That(gone.Problem, Is.EqualTo("removed"));
                Assert.That(gone.Json.Text("detail"), Does.Contain("objection"));
            }
        }

        var feed = (await Anonymous.GetAsync($"/v1/changes?after={cursor}&type=contact")).With(HttpStatusCode.OK);
        Assert.That(feed.Items.Select(entry => $"{entry.Text("operation")} {entry.Text("reason")} {entry.Text("id")}"), Is.EqualTo(new[] { $"removed objection {id}" }));
        (await Metz.PostAsync($"/v1/contacts/{id}/objection", "")).With(HttpStatusCode.Gone);
    }

    [Test]
    public async Task Its_words_leave_every_other_text_and_the_history_and_the_rest_can_still_be_sent_back()
    {
        var person = MadeUpPerson.Next();
        var document = "/v1/councils/test-words/document";
        var made = (await Administrator.PutAsync(
            document,
            $$"""
            {"code":"test-words","kind":"clsm","name":"test-words","status":"active","purpose":"Écrire à {{person.Email}} ou appeler {{person.PhoneAsWritten}}.\n{{person.ReversedName}} répond.",
             "sources":[{"id":"test","title":"Fiche de {{person.Name}}","url":"https://example.invalid/{{person.Slug}}"}],
             "posts":[{"function":"chair","label":"{{person.Name}}, présidence"}],
             "keptAsWords":[{"path":"/x","text":"{{person.Email}}"}],
             "links":[{"label":"test","url":"https://example.invalid/?mail={{person.Email}}"},{"label":"test-2","url":"https://example.invalid/"}],
             "evidence":{"/links/test":{"state":"stated","source":"test"},"/purpose":{"state":"inferred","reason":"D’après {{person.Name}}."} },
             "events":[{"name":"Rencontre avec {{person.UnaccentedName}}","kind":"debate"},{"name":"test-2","kind":"sism"}],
             "contacts":[{{person.Contact("test")}},
                         {"function":"presidency","label":"test-same","nominative":true,"person":"{{person.ReversedName}}","visibility":"council","legalBasis":"consent","source":"test","reviewOn":"2027-01-01"},
                         {"function":"secretariat","label":"test-function","nominative":false,"visibility":"public","emails":["{{person.Email}}","test-0001@test.example"],"phones":["+33387000001"]}]}
            """,
            null)).With(HttpStatusCode.Created);
        (await Administrator.PatchAsync("/v1/councils/test-words", """{"shortName":"test"}""", "*")).With(HttpStatusCode.OK);
        var id = made.Json["contacts"]!.AsArray().Single(contact => contact.Text("function") == "coordinator").Text("id");

        var objection = (await Administrator.PostAsync($"/v1/contacts/{id}/objection", "")).With(HttpStatusCode.OK).Json;
        Assert.That((objection["contacts"]!.GetValue<int>(), objection["texts"]!.GetValue<int>()), Is.EqualTo((2, 3)));

        var after = (await Administrator.GetAsync(document)).With(HttpStatusCode.OK);
        Assert.That(after.Json.Text("purpose"), Is.EqualTo("Écrire à […] ou appeler […].\n[…] répond."));
        Assert.That(after.Json["links"]!.AsArray().Select(link => link.Text("label")), Is.EqualTo(new[] { "test-2" }));
        Assert.That(after.Json["contacts"]!.AsArray().Single()!["emails"]!.AsArray().Select(email => email!.GetValue<string>()), Is.EqualTo(new[] { "test-0001@test.example" }));
        Assert.That((await Administrator.PutAsync(document, after.Body, after.ETag)).With(HttpStatusCode.OK).Body, Is.EqualTo(after.Body), "it can be sent back as it is");

        var history = (await Administrator.GetAsync("/v1/councils/test-words/history?limit=1000")).With(HttpStatusCode.OK);
        Assert.That(history.Items.Where(entry => entry.Text("id") == id).Select(entry => (entry!["before"], entry["after"])), Is.All.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        var past = (await Administrator.GetAsync("/v1/councils/test-words/history?at=1")).With(HttpStatusCode.OK);
        foreach (var value in person.Values)
        {
            Assert.That(after.Body + history.Body + past.Body, Does.Not.Contain(value).IgnoreCase);
        }

        (await Administrator.PutAsync(document, past.Body, "*")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Who_objected_is_recognised_however_they_are_written()
    {
        var person = MadeUpPerson.Next();
        var contact = (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"))).With(HttpStatusCode.Created);
        var before = (await Metz.GetAsync("/v1/councils/metz/document")).With(HttpStatusCode.OK);
        (await Metz.PostAsync($"/v1/contacts/{contact.Json.Text("id")}/objection", "")).With(HttpStatusCode.OK);

        string Function(string members) => $$"""{"function":"other","label":"test-again","nominative":true,"visibility":"council","legalBasis":"consent","source":"page-epsm-metz-jury","reviewOn":"2027-01-01",{{members}}}""";
        foreach (var (body, place) in new[]
        {
            (person.Contact("page-epsm-metz-jury"), "/person"),
            (Function($"\"person\":\"{person.ReversedName}\""), "/person"),
            (Function($"\"person\":\"Mme {person.UnaccentedName.ToUpperInvariant()}\""), "/person"),
            (Function($"\"emails\":[\"{person.Email.ToUpperInvariant()}\"]"), "/emails/0"),
            (Function($"\"phones\":[\"{person.Phone}\"]"), "/phones/0"),
            (Function($"\"address\":{{\"lines\":[\"{person.UnaccentedName}\"]}}"), "/address/lines/0"),
        })
        {
            var refused = (await Metz.PostAsync("/v1/councils/metz/contacts", body)).With(HttpStatusCode.UnprocessableEntity);
            Assert.That(refused.Error(place).Text("code"), Is.EqualTo("objected"));
            Assert.That(person.Values.Where(value => refused.Body.Contains(value, StringComparison.OrdinalIgnoreCase)), Is.Empty, refused.Body);
        }

        (await Metz.PutAsync("/v1/councils/metz/document", before.Body, "*")).With(HttpStatusCode.UnprocessableEntity);
        (await Metz.PatchAsync("/v1/councils/metz", $$"""{"purpose":"Appeler le {{person.PhoneAsWritten}}"}""", "*")).With(HttpStatusCode.UnprocessableEntity);
        (await Metz.PostAsync("/v1/councils/metz/contacts", """{"function":"secretariat","label":"Secrétariat test-function","nominative":false,"visibility":"public"}""")).With(HttpStatusCode.Created);

        // Each council has its own reasons: what one must forget, another may rightly hold.
        (await Grenoble.PostAsync("/v1/councils/grenoble/contacts", person.Contact("fiche-2024"))).With(HttpStatusCode.Created);
    }

    [Test]
    public async Task A_sheet_is_taken_in_without_who_objected_and_says_so()
    {
        var person = MadeUpPerson.Next();
        var sheet = $$"""
            {"id":"test-sheet","nom":"CLSM test-sheet","statut":"actif","notes":"Contact : {{person.Name}}, {{person.PhoneAsWritten}}","sources":["https://example.invalid/"],
             "contact":[{"fonction":"Mme {{person.Name}}, coordination","telephone":"{{person.PhoneAsWritten}}","email":"{{person.Email}}"},{"fonction":"Accueil","email":"test-0001@test.example"}]}
            """.ReplaceLineEndings("");
        Assert.That((await ImportAsync(sheet)).Text("outcome"), Is.EqualTo("created"));
        var contacts = (await Administrator.GetAsync("/v1/councils/test-sheet/contacts")).With(HttpStatusCode.OK).Items;
        Assert.That(contacts, Has.Count.EqualTo(2));
        (await Administrator.PostAsync($"/v1/contacts/{contacts.Single(contact => contact!["nominative"]!.GetValue<bool>()).Text("id")}/objection", "")).With(HttpStatusCode.OK);

        foreach (var _ in new[] { 1, 2 })
        {
            var again = await ImportAsync(sheet);
            Assert.That(again.Text("outcome"), Is.Not.EqualTo("refused"), again.ToJsonString());
            Assert.That(again["problems"]!.AsArray().Select(problem => problem.Text("code")), Does.Contain("objected-contact").And.Contain("objected-words"));
            var stored = (await Administrator.GetAsync("/v1/councils/test-sheet/document")).With(HttpStatusCode.OK);
            Assert.That(person.Values.Where(value => stored.Body.Contains(value, StringComparison.OrdinalIgnoreCase)), Is.Empty, stored.Body);
            Assert.That(stored.Json["contacts"]!.AsArray().Select(contact => contact.Text("label")), Is.EqualTo(new[] { "Accueil" }));
        }

        Assert.That((await ImportAsync(sheet)).Text("outcome"), Is.EqualTo("unchanged"));
    }

    [Test]
    public async Task A_number_that_a_function_shows_as_well_stays_the_functions()
    {
        var person = MadeUpPerson.Next();
        (await Metz.PostAsync("/v1/councils/metz/contacts", $$"""{"function":"secretariat","label":"test-{{person.Slug[..6]}}","nominative":false,"visibility":"public","phones":["{{person.Phone}}"]}""")).With(HttpStatusCode.Created);
        var contact = (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"))).With(HttpStatusCode.Created);
        (await Metz.PostAsync($"/v1/contacts/{contact.Json.Text("id")}/objection", "")).With(HttpStatusCode.OK);
        var document = (await Anonymous.GetAsync("/v1/councils/metz/document")).With(HttpStatusCode.OK).Body;
        Assert.That(document, Does.Contain(person.Phone).And.Not.Contain(person.Email).And.Not.Contain(person.Name));
    }

    [Test]
    public async Task A_removal_for_that_reason_is_an_objection()
    {
        var person = MadeUpPerson.Next();
        var contact = (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"))).With(HttpStatusCode.Created);
        (await Metz.DeleteAsync($"{contact.Headers["Location"]}?reason=objection", "*")).With(HttpStatusCode.NoContent);
        Assert.That((await Metz.GetAsync("/v1/councils/metz/history?limit=1000")).With(HttpStatusCode.OK).Body, Does.Not.Contain(person.Email));
        (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"))).With(HttpStatusCode.UnprocessableEntity);
    }

    [Test]
    public async Task It_also_reaches_a_contact_that_was_removed_before()
    {
        var person = MadeUpPerson.Next();
        var contact = (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"))).With(HttpStatusCode.Created);
        (await Metz.DeleteAsync(contact.Headers["Location"], "*")).With(HttpStatusCode.NoContent);
        Assert.That((await Metz.GetAsync("/v1/councils/metz/history?limit=1000")).Body, Does.Contain(person.Email));
        (await Metz.PostAsync($"/v1/contacts/{contact.Json.Text("id")}/objection", "")).With(HttpStatusCode.OK);
        Assert.That((await Metz.GetAsync("/v1/councils/metz/history?limit=1000")).Body, Does.Not.Contain(person.Email));
    }

    [Test]
    public async Task An_answer_that_was_kept_for_repetitions_is_erased_and_that_of_the_objection_is_kept()
    {
        var person = MadeUpPerson.Next();
        var created = (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"), ("Idempotency-Key", "test-create"))).With(HttpStatusCode.Created);
        var address = $"/v1/contacts/{created.Json.Text("id")}/objection";
        var first = (await Metz.PostAsync(address, "", ("Idempotency-Key", "test-object"))).With(HttpStatusCode.OK);
        var second = (await Metz.PostAsync(address, "", ("Idempotency-Key", "test-object"))).With(HttpStatusCode.OK);
        Assert.That((second.Body, second.Headers["Idempotent-Replayed"]), Is.EqualTo((first.Body, "true")));
        Assert.That((await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"), ("Idempotency-Key", "test-create"))).With(HttpStatusCode.Gone).Problem, Is.EqualTo("answer-erased"));
    }

    [Test]
    public async Task Only_its_council_and_administrators_may_and_a_restricted_one_is_not_there_for_others()
    {
        var seen = (await Metz.PostAsync("/v1/councils/metz/contacts", MadeUpPerson.Next().Contact("page-epsm-metz-jury"))).With(HttpStatusCode.Created).Json.Text("id");
        var hidden = (await Metz.PostAsync("/v1/councils/metz/contacts", MadeUpPerson.Next().Contact("page-epsm-metz-jury", "council"))).With(HttpStatusCode.Created).Json.Text("id");
        const string Never = "00000000-0000-7000-8000-000000000001";
        (await Anonymous.PostAsync($"/v1/contacts/{seen}/objection", "")).With(HttpStatusCode.Unauthorized);
        (await Grenoble.PostAsync($"/v1/contacts/{seen}/objection", "")).With(HttpStatusCode.Forbidden);
        foreach (var (path, send) in new (string, Func<Client, string, Task<Answer>>)[] { ("objection", (client, address) => client.PostAsync(address, "")), ("processing", (client, address) => client.GetAsync(address)) })
        {
            var refused = (await send(Grenoble, $"/v1/contacts/{hidden}/{path}")).With(HttpStatusCode.NotFound);
            var never = (await send(Grenoble, $"/v1/contacts/{Never}/{path}")).With(HttpStatusCode.NotFound);
            Assert.That(refused.Json.Without("detail", "instance").ToJsonString(), Is.EqualTo(never.Json.Without("detail", "instance").ToJsonString()));
        }

        (await Metz.GetAsync($"/v1/contacts/{hidden}/processing")).With(HttpStatusCode.OK);
        (await Metz.GetAsync("/v1/contacts/x/processing")).With(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Processing_says_what_is_held_and_why()
    {
        var person = MadeUpPerson.Next();
        var id = (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury", "partners"))).With(HttpStatusCode.Created).Json.Text("id");
        var processing = (await Metz.GetAsync($"/v1/contacts/{id}/processing")).With(HttpStatusCode.OK);
        Assert.That(processing.Json["held"]!.AsArray().Select(value => $"{value.Text("member")} {value!["personal"]}"), Is.EqualTo(new[] { "/person true", "/label true", "/emails true", "/phones true" }));
        Assert.That((processing.Json["legalBasis"].Text("code"), processing.Json["source"].Text("id"), processing.Json.Text("reviewOn"), processing.Json["visibility"].Text("code")), Is.EqualTo(("consent", "page-epsm-metz-jury", "2027-01-01", "partners")));
        Assert.That(processing.Json["recipients"].Text("fr"), Does.Contain("région"));
        Assert.That(person.Values.Where(value => processing.Body.Contains(value, StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    [Test]
    public async Task Without_the_secret_or_with_another_nobody_is_brought_back()
    {
        var person = MadeUpPerson.Next();
        var contact = (await Metz.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"))).With(HttpStatusCode.Created);
        var other = (await Metz.PostAsync("/v1/councils/metz/contacts", MadeUpPerson.Next().Contact("page-epsm-metz-jury"))).With(HttpStatusCode.Created).Json.Text("id");
        (await Metz.PostAsync($"/v1/contacts/{contact.Json.Text("id")}/objection", "")).With(HttpStatusCode.OK);
        var (_, key) = await Keys.CreateAsync("secret", true, [], null, CancellationToken.None);
        foreach (var secret in new[] { null, new string('x', 32) })
        {
            await using var service = DirectoryApplication.Build(
                Database, ["--urls", "http://127.0.0.1:0", "--Limits:Requests", "off", "--Objections:Secret", secret ?? ""]);
            await service.StartAsync();
            using var client = new Client(service.Urls.First(), key);
            Assert.That((await client.PostAsync("/v1/councils/metz/contacts", person.Contact("page-epsm-metz-jury"))).With(HttpStatusCode.ServiceUnavailable).Problem, Is.EqualTo("objections-unreadable"));
            (await client.GetAsync("/v1/councils/metz/document")).With(HttpStatusCode.OK);
            (await client.PostAsync("/v1/councils", $$"""{"code":"test-secret-{{secret?.Length ?? 0}}","kind":"clsm","name":"x","status":"active"}""")).With(HttpStatusCode.Created);
            (await client.PostAsync($"/v1/contacts/{other}/objection", "")).With(HttpStatusCode.ServiceUnavailable);
        }
    }

    private async Task<JsonNode> ImportAsync(string sheet)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(sheet));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return (await Administrator.SendAsync(HttpMethod.Post, "/v1/imports", body)).With(HttpStatusCode.OK).Items[0]!;
    }
}
