using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Every statement of the two sheets is served, with its evidence; what they do not state is not there.</summary>
internal sealed class SeedTests : DirectoryFixture
{
    private readonly Dictionary<string, JsonNode> documents = [];

    [OneTimeSetUp]
    public async Task ReadAsync()
    {
        foreach (var council in new[] { "metz", "grenoble" })
        {
            documents[council] = (await Anonymous.GetAsync($"/v1/councils/{council}/document")).With(System.Net.HttpStatusCode.OK).Json;
        }
    }

    [TestCase("metz", "/status", "\"active\"", "stated")]
    [TestCase("metz", "/territory/label", "\"territoire messin / agglomération messine\"", "stated")]
    [TestCase("metz", "/territory/parts/0/code", "\"57463\"", "inferred", "/territory/parts/commune:57463")]
    [TestCase("metz", "/territory/parts/1/code", "\"200039865\"", "inferred", "/territory/parts/epci:200039865")]
    [TestCase("metz", "/objectives/0/title", "\"INCLUSION DANS LA CITÉ\"", "stated")]
    [TestCase("metz", "/objectives/1/title", "\"AMÉLIORATION DES PARCOURS\"", "stated")]
    [TestCase("metz", "/objectives/2/title", "\"COORDINATION ENTRE LES ACTEURS\"", "stated")]
    [TestCase("metz", "/participation/openList", "true", "stated")]
    [TestCase("metz", "/website", "\"https://www.sante-mentale-territoire-messin.fr/\"", "stated")]
    [TestCase("grenoble", "/sources/0/updatedOn", "\"2024-03-14\"", "stated")]
    [TestCase("grenoble", "/domains", """["care-pathway-coordination","prevention"]""", null)]
    [TestCase("grenoble", "/website", "\"https://www.grenoble.fr/2553-le-conseil-local-de-sante-mentale.htm\"", "stated")]
    [TestCase("grenoble", "/territory/parts/0/code", "\"38185\"", "inferred", "/territory/parts/commune:38185")]
    [TestCase("grenoble", "/territory/label", null, "not-stated")]
    [TestCase("grenoble", "/foundation/date/value", "\"2006\"", "stated")]
    [TestCase("grenoble", "/foundation/date/precision", "\"year\"", null)]
    [TestCase("grenoble", "/posts/0/function", "\"chair\"", null)]
    [TestCase("grenoble", "/posts/1/function", "\"vice-chair\"", null)]
    [TestCase("grenoble", "/posts/1/holderOrganisation/name", "\"Centre Hospitalier Alpes-Isère\"", null)]
    [TestCase("grenoble", "/coordination/organisation/name", "\"Ville de Grenoble\"", null)]
    [TestCase("grenoble", "/coordination/unitPath", """["Direction Santé Publique et Environnementale","Service Promotion de la Santé"]""", null)]
    public void A_statement_stands_in_its_council(string council, string pointer, string? value, string? evidence, string? evidencePointer = null)
    {
        var document = documents[council];
        if (value is null)
        {
            Assert.That(At(document, pointer), Is.Null);
        }
        else
        {
            At(document, pointer).ShouldBe(value);
        }

        if (evidence is not null)
        {
            Assert.That(StateOf(document, evidencePointer ?? pointer), Is.EqualTo(evidence));
        }
    }

    [TestCase("metz", 21)]
    [TestCase("grenoble", 12)]
    public void The_open_categories_of_participants_are_kept_as_categories(string council, int count) =>
        Assert.That(At(documents[council], "/participation/categories")!.AsArray(), Has.Count.EqualTo(count));

    [Test]
    public void Three_ways_to_take_part_and_three_principles_are_stated_in_Grenoble()
    {
        Assert.That(At(documents["grenoble"], "/participation/ways")!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(At(documents["grenoble"], "/principles")!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(At(documents["grenoble"], "/themes")!.AsArray(), Has.Count.EqualTo(7));
        Assert.That(At(documents["grenoble"], "/foundation/founders")!.AsArray().Select(founder => founder.Text("name")), Is.EqualTo(new[] { "Ville de Grenoble", "Centre Hospitalier Alpes-Isère" }));
    }

    [Test]
    public void Bodies_stand_with_their_chair_their_openness_and_their_frequency()
    {
        var committee = Part("metz", "governanceBodies", "type", "steering-committee");
        Assert.That(committee["posts"]![0].Text("function"), Is.EqualTo("chair"));
        Assert.That(committee["posts"]![0]!["holderOrganisation"].Text("name"), Is.EqualTo("Ville de Metz"));
        Assert.That(Part("metz", "governanceBodies", "type", "plenary-assembly").Text("openness"), Is.EqualTo("open"));
        var assembly = Part("grenoble", "governanceBodies", "type", "plenary-assembly");
        Assert.That(assembly["meetingFrequency"].Text("code"), Is.EqualTo("yearly"));
        Assert.That(assembly.Text("openness"), Is.EqualTo("open"));
        var members = Part("grenoble", "governanceBodies", "type", "steering-committee")["composition"]!.AsArray();
        Assert.That(members.Count(member => member!["organisation"] is not null), Is.GreaterThanOrEqualTo(5), "CD Isère, ARS, CCAS, CHU, CHAI");
    }

    [Test]
    public void A_body_that_a_sheet_only_names_is_mentioned() =>
        Assert.That(StateOf(Part("grenoble", "governanceBodies", "type", "technical-committee"), ""), Is.EqualTo("mentioned"));

    [TestCase("metz")]
    [TestCase("grenoble")]
    public void Working_groups_are_one_class_and_not_one_group_a_theme(string council)
    {
        var groups = documents[council]["workingGroups"]!.AsArray();
        Assert.That(groups, Has.Count.EqualTo(1));
        Assert.That(groups[0].Text("kind"), Is.EqualTo("class"));
    }

    [Test]
    public void Groups_of_Grenoble_have_about_fifteen_members()
    {
        var size = Part("grenoble", "workingGroups", "kind", "class")["typicalSize"]!;
        Assert.That(size["value"]!.GetValue<int>(), Is.EqualTo(15));
        Assert.That(size.Text("precision"), Is.EqualTo("average"));
    }

    [Test]
    public void The_coordinator_of_Metz_is_a_function_first_and_flagged_nominative()
    {
        var contact = Part("metz", "contacts", "function", "coordinator");
        Assert.That(contact["nominative"]!.GetValue<bool>(), Is.True);
        Assert.That(contact["person"], Is.Null);
        contact["phones"].ShouldBe("""["+33387562768"]""");
        Assert.That(contact["organisation"].Text("name"), Is.EqualTo("EPSM Metz Jury"));
        Assert.That(contact.Text("source"), Is.EqualTo("page-epsm-metz-jury"));
    }

    [Test]
    public void The_contact_of_Grenoble_is_by_function_with_its_address()
    {
        var contact = documents["grenoble"]["contacts"]![0]!;
        Assert.That(contact["nominative"]!.GetValue<bool>(), Is.False);
        contact["emails"].ShouldBe("""["clsm@grenoble.fr"]""");
        contact["phones"].ShouldBe("""["+33476034352"]""");
        Assert.That(contact["address"].Text("postcode"), Is.EqualTo("38100"));
        Assert.That(contact["address"]!["lines"]!.ToJsonString(), Does.Contain("47 avenue Marcelin Berthelot"));
    }

    [Test]
    public void The_hospital_of_Metz_contributes_and_is_no_founder() =>
        Part("metz", "organisations", "name", "EPSM Metz Jury")["roles"].ShouldBe("""["contributor"]""");

    [Test]
    public void Three_events_of_Grenoble_are_there() =>
        Assert.That(documents["grenoble"]["events"]!.AsArray(), Has.Count.EqualTo(3));

    [Test]
    public void Nobody_invented_an_identifier() =>
        Assert.That(documents.Values.SelectMany(document => document["organisations"]!.AsArray()).Select(organisation => organisation!["identifiers"]), Is.All.Null);

    [TestCase("metz")]
    [TestCase("grenoble")]
    public void Everything_inferred_says_why(string council)
    {
        var parts = new[] { "governanceBodies", "workingGroups", "organisations", "contacts", "events" }
            .SelectMany(member => documents[council][member]?.AsArray() ?? []).Append(documents[council]);
        var inferred = parts.SelectMany(part => part!["evidence"]!.AsObject()).Where(entry => entry.Value.Text("state") == "inferred").ToList();
        Assert.That(inferred, Is.Not.Empty);
        Assert.That(inferred.Select(entry => entry.Value!["reason"]?.GetValue<string>()), Is.All.Not.Empty);
    }

    private JsonNode Part(string council, string list, string member, string value) =>
        documents[council][list]!.AsArray().Single(part => part.Text(member) == value)!;

    /// <summary>The state of the closest evidence at or above a pointer.</summary>
    private static string? StateOf(JsonNode resource, string pointer)
    {
        for (var at = pointer; ; at = at[..at.LastIndexOf('/')])
        {
            if (resource["evidence"]![at] is { } entry)
            {
                return entry.Text("state");
            }

            if (at.Length == 0)
            {
                return null;
            }
        }
    }

    private static JsonNode? At(JsonNode node, string pointer) => pointer.Split('/').Skip(1).Aggregate(
        (JsonNode?)node, (at, segment) => at is JsonArray list ? list[int.Parse(segment, System.Globalization.CultureInfo.InvariantCulture)] : at?[segment]);
}
