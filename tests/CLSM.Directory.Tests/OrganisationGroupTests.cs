using System.Net;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The same organisation in several councils: by identifier for everybody, by name as a candidate for administrators only.</summary>
internal sealed class OrganisationGroupTests : DirectoryFixture
{
    // Made-up numbers with right check digits.
    private const string Finess = "990000002";
    private const string OtherFiness = "990000010";
    private const string Siren = "100000009";

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        foreach (var (code, document) in new[]
        {
            ("test-a", $$$"""{"organisations":[{"name":"Hôpital d’Essai","category":"public-psychiatry","roles":["carrier"],"identifiers":{"finess":"{{{Finess}}}","siren":"{{{Siren}}}"}},{"name":"Association de l'Épreuve"},{"name":"test-sans-jumeau"}],"governanceBodies":[{"type":"steering-committee","name":"Comité","composition":[{"label":"x","organisation":{"name":"Hôpital d’Essai"}}]}],"contacts":[{"function":"coordinator","label":"test-hidden","nominative":false,"visibility":"council","organisation":{"name":"Hôpital d’Essai"}}]}"""),
            ("test-b", $$$"""{"organisations":[{"name":"CH d'essai","roles":["member"],"identifiers":{"finess":"{{{Finess}}}"}},{"name":"ASSOCIATION DE L’EPREUVE","acronym":"ADE"}]}"""),
            ("test-c", $$$"""{"organisations":[{"name":"Hôpital d'essai","identifiers":{"finess":"{{{OtherFiness}}}"}}]}"""),
            ("test-d", $$$"""{"organisations":[{"name":"test-identifie","identifiers":{"siren":"{{{Siren}}}"}}]}"""),
            ("test-e", $$$"""{"organisations":[{"name":"Test identifié","identifiers":{"siren":"{{{Siren}}}"}}]}"""),
        })
        {
            var whole = $$"""{"code":"{{code}}","kind":"clsm","name":"{{code}}","status":"active",""" + document[1..];
            (await Administrator.PutAsync($"/v1/councils/{code}/document", whole, null)).With(HttpStatusCode.Created);
        }
    }

    [Test]
    public async Task A_hospital_is_found_once_with_the_councils_in_which_it_sits()
    {
        var group = (await Anonymous.GetAsync($"/v1/organisations/groups?identifier=finess:{Finess}")).With(HttpStatusCode.OK).Items.Single()!;
        Assert.That(group.Text("identifier"), Is.EqualTo($"finess:{Finess}"));
        var seats = group["councils"]!.AsArray();
        Assert.That(seats.Select(seat => (seat.Text("council"), seat.Text("name"), seat!["roles"]![0]!.GetValue<string>())), Is.EqualTo(new[] { ("test-a", "Hôpital d’Essai", "carrier"), ("test-b", "CH d'essai", "member") }));
        Assert.That(seats[0]!["namedIn"]!.AsArray().Select(mention => (mention.Text("type"), mention.Text("name"))), Is.EqualTo(new[] { ("governance-body", "Comité") }), "a restricted contact does not show");
        Assert.That(seats[1]!["namedIn"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Groups_are_walked_in_order_of_identifier()
    {
        var found = new List<string>();
        for (var next = "/v1/organisations/groups?limit=1"; next is not null;)
        {
            var page = (await Anonymous.GetAsync(next)).With(HttpStatusCode.OK);
            Assert.That(page.Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(3));
            found.AddRange(page.Items.Select(group => $"{group.Text("identifier")} {group!["councils"]!.AsArray().Count}"));
            next = page.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.That(found, Is.EqualTo(new[] { $"finess:{Finess} 2", $"finess:{OtherFiness} 1", $"siren:{Siren} 3" }));
        Assert.That((await Anonymous.GetAsync($"/v1/organisations/groups?identifier=siren:{Siren},finess:{OtherFiness}")).Items, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Names_alone_make_candidates_for_administrators_and_nothing_more()
    {
        (await Anonymous.GetAsync("/v1/organisations/candidates")).With(HttpStatusCode.Unauthorized);
        (await Metz.GetAsync("/v1/organisations/candidates")).With(HttpStatusCode.Forbidden);
        var answer = (await Administrator.GetAsync("/v1/organisations/candidates")).With(HttpStatusCode.OK);
        var candidates = answer.Items.Select(group => (group.Text("name"), string.Join(' ', group!["councils"]!.AsArray().Select(seat => seat.Text("council"))))).ToList();
        Assert.That(candidates, Does.Contain(("association de l epreuve", "test-a test-b")));
        Assert.That(candidates, Does.Contain(("hopital d essai", "test-a test-c")), "different identifiers of one name are for a person to judge");
        Assert.That(candidates.Select(candidate => candidate.Item1), Does.Not.Contain("test identifie"), "these are known to be the same");
        Assert.That(candidates.Select(candidate => candidate.Item1), Does.Not.Contain("test sans jumeau"));
        Assert.That(candidates.Select(candidate => candidate.Item1), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(answer.Json["page"]!["total"]!.GetValue<int>(), Is.EqualTo(candidates.Count));
        (await Administrator.GetAsync("/v1/organisations/candidates", ("If-None-Match", answer.ETag))).With(HttpStatusCode.NotModified);
        var page = (await Administrator.GetAsync("/v1/organisations/candidates?limit=1")).With(HttpStatusCode.OK);
        Assert.That((await Administrator.GetAsync($"/v1/organisations/candidates?limit=1&cursor={page.Json["page"].Text("next")}")).Items.Single().Text("name"), Is.EqualTo(candidates[1].Item1));
    }

    [TestCase("identifier=570000000", "identifier")]
    [TestCase("identifier=finess:123456789", "identifier")]
    [TestCase("identifer=siren:1", "identifer")]
    [TestCase("cursor=Zm9yZ2Vk", "cursor")]
    public async Task A_wrong_parameter_is_named(string query, string parameter) =>
        (await Anonymous.GetAsync($"/v1/organisations/groups?{query}")).With(HttpStatusCode.BadRequest).Error(parameter);
}
