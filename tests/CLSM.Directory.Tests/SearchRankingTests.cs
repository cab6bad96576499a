using System.Net;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>What people type, on the real councils of the default data, and what must come first.</summary>
internal sealed class SearchRankingTests : DirectoryFixture
{
    [OneTimeSetUp]
    public Task LoadAsync() => Service.Services.GetRequiredService<Seeds>().LoadAsync(CancellationToken.None);

    // A citizen types a town.
    [TestCase("Metz", "council metz")]
    [TestCase("grenoble", "council grenoble")]
    [TestCase("Moulins-lès-Metz", "council metz")]
    [TestCase("moulins les metz", "council metz")]
    [TestCase("St-Brieuc", "council clsm-saint-brieuc")]
    [TestCase("sete", "council clsm-sete")]
    [TestCase("besançon", "council grand-besancon")]
    [TestCase("BESANCON", "council grand-besancon")]
    [TestCase("conseil local de santé mentale de Poitiers", "council clsm-poitiers")]
    [TestCase("clsm toulouse", "council clsm-toulouse")]
    [TestCase("Saint-Louis", "council saint-louis-alsace")]
    [TestCase("Bron", "council clsm-villeurbanne-bron")]
    [TestCase("Chenôve", "council dijon-franco-basaglia")]

    // Half words, and typing errors.
    [TestCase("grenob", "council grenoble")]
    [TestCase("villeurb", "council clsm-villeurbanne-bron")]
    [TestCase("grenobel", "council grenoble")]
    [TestCase("tolouse", "council clsm-toulouse")]
    [TestCase("clsm besanson", "council grand-besancon")]
    [TestCase("dunkerke", "council dunkerque")]

    // An officer of a health agency.
    [TestCase("copil grenoble", "governance-body grenoble")]
    [TestCase("comité de pilotage Grenoble", "governance-body grenoble")]
    [TestCase("EPSM Metz Jury", "organisation metz")]
    [TestCase("comité technique grenoble", "governance-body grenoble")]

    // A student; a psychiatrist; others by their words.
    [TestCase("étudiants", "council lille-csme-etudiants")]
    [TestCase("csme", "council lille-csme-etudiants")]
    [TestCase("Franco Basaglia", "council dijon-franco-basaglia")]
    [TestCase("centre hospitalier alpes isère", "organisation grenoble")]
    [TestCase("géronto-psychiatrie", "event grenoble")]
    [TestCase("l’inclusion dans la cité", "council metz")]
    [TestCase("vallée de l'hérault", "council clsm-pays-coeur-herault")]
    [TestCase("pays coeur d’herault", "council clsm-pays-coeur-herault")]
    public async Task What_is_meant_comes_first(string words, string first)
    {
        var items = (await SearchAsync(words)).Items;
        Assert.That(items.Take(5).Select(item => $"{item.Text("type")} {item!["council"].Text("code")}").FirstOrDefault(), Is.EqualTo(first), string.Join('\n', items.Take(5).Select(item => item!.ToJsonString())));
    }

    [TestCase("SISM", "semaines d'information sur la santé mentale", "event")]
    [TestCase("copil", "comité de pilotage", "governance-body")]
    [TestCase("CLS", "contrat local de santé", "council")]
    [TestCase("C.L.S.M.", "conseil local de santé mentale", "council")]
    public async Task An_acronym_and_its_words_find_the_same(string acronym, string words, string type)
    {
        var short_ = (await SearchAsync(acronym, $"&limit=1000&type={type}")).Items.Select(item => item.Text("id")).ToHashSet();
        var full = (await SearchAsync(words, $"&limit=1000&type={type}")).Items.Select(item => item.Text("id")).ToHashSet();
        Assert.That(short_, Is.Not.Empty);
        Assert.That(short_, Is.SubsetOf(full));
    }

    [Test]
    public async Task Whom_to_call_is_found_by_function() =>
        Assert.That((await SearchAsync("coordinateur Metz", "&type=contact")).Items[0]!["council"].Text("code"), Is.EqualTo("metz"));

    [Test]
    public async Task A_theme_is_found_by_its_label_and_the_region_by_its_name()
    {
        Assert.That((await SearchAsync("logement", "&type=council")).Items.Select(item => item!["council"].Text("code")), Does.Contain("grenoble"));
        Assert.That((await SearchAsync("Moselle", "&type=council")).Items.Select(item => item!["council"].Text("code")), Does.Contain("metz"));
    }

    [Test]
    public async Task Words_that_stand_nowhere_together_give_those_with_most_of_them()
    {
        var answer = await SearchAsync("xylophone journée géronto-psychiatrie grenoble");
        Assert.That(answer.Json["interpretation"].Text("matched"), Is.EqualTo("any"));
        Assert.That((answer.Items[0].Text("type"), answer.Items[0]!["council"].Text("code")), Is.EqualTo(("event", "grenoble")));
    }

    private async Task<Answer> SearchAsync(string words, string more = "") =>
        (await Anonymous.GetAsync($"/v1/search?q={Uri.EscapeDataString(words)}{more}")).With(HttpStatusCode.OK);
}
