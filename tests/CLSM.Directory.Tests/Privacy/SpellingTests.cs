using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Privacy;

/// <summary>Who objected is recognised in every spelling of the name, at every way in; everybody else still passes.</summary>
internal sealed class SpellingTests : DirectoryFixture
{
    private static readonly string[] Spellings =
    [
        "Lætitia Fictif", "Laetitia Fictif", "LÆTITIA FICTIF", "LAETITIA FICTIF", "laetitia fictif", "Fictif Laetitia", "Fictif Lætitia", "FICTIF, Lætitia", "FICTIF, LAETITIA",
        "Fictif - Laetitia", "Lætitia-Fictif", "Lætitia\u2011Fictif", "Lætitia\u2010Fictif", "Lætitia\u2013Fictif", "Lætitia’Fictif", "Lætitia'Fictif", "Lætitia\u02BCFictif",
        "Lætitia\u00A0Fictif", "Lætitia\u202FFictif", "Lætitia\u3000Fictif", "Lætitia  \t   Fictif", "Lætitia\nFictif", "Læ\u00ADtitia Fic\u00ADtif", "Læti\u200Btia Fictif",
        "Lætitia\u200BFictif", "Lætitia\u2060 \u200DFictif", "\uFEFFLætitia Fictif", "Læti\u0301tia Fictif", "Lae\u0301titia Fictíf", "Lǽtitia Fictif", "L\u0061\u0308etitia Fictif",
        "Lætitia Fic\u0327tif", "Lætitia ﬁctif", "Laetitia Ficti\u200Cf", "Ｌａｅｔｉｔｉａ　Ｆｉｃｔｉｆ", "ＬＡＥＴＩＴＩＡ ＦＩＣＴＩＦ", "Lᴀᴇᴛɪᴛɪᴀ Fɪᴄᴛɪꜰ",
        "ʟᴁᴛɪᴛɪᴀ ꜰɪᴄᴛɪꜰ", "𝐋𝐚𝐞𝐭𝐢𝐭𝐢𝐚 𝐅𝐢𝐜𝐭𝐢𝐟", "𝓛𝓪𝓮𝓽𝓲𝓽𝓲𝓪 𝓕𝓲𝓬𝓽𝓲𝓯", "Ⓛⓐⓔⓣⓘⓣⓘⓐ Ⓕⓘⓒⓣⓘⓕ", "Łætitia Fictif", "Lætıtıa Fıctıf", "Laetitia_Fictif", "laetitia.fictif", "Mme Lætitia Fictif",
        "Dr FICTIF Laetitia", "« Laetitia Fictif »", "(Laetitia) Fictif", "Laetitia (Fictif)", "Laetitia FICTIF, coordinatrice", "Laetitia\uFE0F Fictif", "Lae\u034Ftitia Fictif",
    ];

    private static readonly string[] Others =
    [
        "Laeticia Fictive", "Lætitia Fictifs", "Laetitia", "Fictif", "Létitia Fictif", "Lætitia Réel", "Titia Fictif", "Lætitiane Fictif", "Une laetitia assez fictive", "Fictif et Lae Titien",
    ];

    [TestCase("Lætitia Fictif")]
    [TestCase("Laetitia Fictif")]
    public async Task No_spelling_brings_a_person_back(string objected)
    {
        Assert.That(Spellings.Distinct().Count(), Is.GreaterThanOrEqualTo(30));
        var code = $"test-{(objected[1] == 'æ' ? "ligature" : "letters")}";
        var address = $"/v1/councils/{code}";
        await CreateAsync(code);
        var group = (await Administrator.PostAsync($"{address}/working-groups", """{"name":"test","kind":"group"}""")).With(HttpStatusCode.Created).Headers["Location"];
        await ObjectAsync(code, objected);
        var before = (await Administrator.GetAsync($"{address}/document")).With(HttpStatusCode.OK).Json;
        foreach (var spelling in Spellings)
        {
            Refused(await Administrator.PostAsync($"{address}/contacts", Contact(spelling)), spelling);
            Refused(await Administrator.PatchAsync(address, $$"""{"purpose":{{Json($"Contacter {spelling}.")}}}""", "*"), spelling);
            Refused(await Administrator.PatchAsync(group, $$"""{"purpose":{{Json(spelling)}}}""", "*"), spelling);
            var document = before.DeepClone();
            document["purpose"] = $"{spelling} coordonne.";
            Refused(await Administrator.PutAsync($"{address}/document", document.ToJsonString(), "*"), spelling);
        }

        foreach (var other in Others)
        {
            (await Administrator.PatchAsync(address, $$"""{"purpose":{{Json($"Contacter {other}.")}}}""", "*")).With(HttpStatusCode.OK);
            (await Administrator.PostAsync($"{address}/contacts", Contact(other))).With(HttpStatusCode.Created);
        }
    }

    [TestCase("Lætitia Fictif")]
    [TestCase("Laetitia Fictif")]
    public async Task No_spelling_in_a_sheet_brings_a_person_back(string objected)
    {
        // A sheet is one council, so each spelling comes in a file of its own.
        var code = $"test-sheet-{(objected[1] == 'æ' ? "ligature" : "letters")}";
        await CreateAsync(code);
        await ObjectAsync(code, objected);
        foreach (var spelling in Spellings)
        {
            var sheet = $$"""{"id":"{{code}}","nom":"{{code}}","statut":"actif","notes":{{Json($"Animé par {spelling}.")}},"contact":[{"fonction":{{Json(spelling)}},"email":"test@test.example"}]}""";
            var item = await SheetAsync(Administrator, "/v1/imports", sheet);
            Assert.That(item.Text("outcome"), Is.Not.EqualTo("refused"), item.ToJsonString());
            Assert.That(item["problems"]!.AsArray().Select(problem => problem.Text("code")), Does.Contain("objected-words"), $"{spelling}: {item.ToJsonString()}");
            var stored = (await Administrator.GetAsync($"/v1/councils/{code}/document")).With(HttpStatusCode.OK).Json;
            Assert.That(JsonSerializer.Serialize(stored, Unescaped), Does.Not.Contain(JsonSerializer.Serialize(spelling, Unescaped).Trim('"')));

            // Who only validates must not learn by it who objected.
            var validated = await SheetAsync(Anonymous, "/v1/validations", sheet);
            Assert.That(validated["problems"]!.AsArray().Select(problem => problem.Text("code")), Has.None.StartsWith("objected"));
        }

        foreach (var other in Others)
        {
            var item = await SheetAsync(Administrator, "/v1/imports", $$"""{"id":"{{code}}","nom":"{{code}}","statut":"actif","notes":{{Json($"Animé par {other}.")}}}""");
            Assert.That(item["problems"]!.AsArray().Select(problem => problem.Text("code")), Has.None.StartsWith("objected"), other);
            Assert.That(JsonSerializer.Serialize((await Administrator.GetAsync($"/v1/councils/{code}/document")).Json, Unescaped), Does.Contain(other));
        }
    }

    [TestCase("Anne-Marie O’Exemple", "Annemarie OEXEMPLE")]
    [TestCase("Anne-Marie O’Exemple", "O Exemple, Anne Marie")]
    [TestCase("Annemarie Dexemple", "D'Exemple Anne‑Marie")]
    [TestCase("Жанна Примерова", "ПРИМЕРОВА Жанна")]
    [TestCase("Søren Weißfiktiv", "SOREN WEISSFIKTIV")]
    public async Task Words_of_a_name_may_be_joined_or_parted(string objected, string spelling)
    {
        var code = $"test-{Guid.NewGuid():N}";
        await CreateAsync(code);
        await ObjectAsync(code, objected);
        Refused(await Administrator.PatchAsync($"/v1/councils/{code}", $$"""{"purpose":{{Json($"Contacter {spelling}.")}}}""", "*"), spelling);
        Refused(await Administrator.PostAsync($"/v1/councils/{code}/contacts", Contact(spelling)), spelling);
    }

    [TestCase("Bœuf-sur-Ællé", "boeuf-sur-aelle")]
    [TestCase("LŒUILLY", "loeuilly")]
    [TestCase("Straße ﬁctive", "strasse-fictive")]
    public async Task The_closest_code_has_the_letters_of_a_ligature(string code, string closest)
    {
        var refused = (await Administrator.PostAsync("/v1/councils", $$"""{"code":"{{code}}","kind":"clsm","name":"test","status":"active"}""")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(refused.Error("/code").Text("closest"), Is.EqualTo(closest));
        var source = (await Administrator.PostAsync("/v1/councils", $$"""{"code":"test","kind":"clsm","name":"test","status":"active","sources":[{"id":"{{code}}","title":"test"}]}""")).With(HttpStatusCode.UnprocessableEntity);
        Assert.That(source.Error("/sources/0/id").Text("closest"), Is.EqualTo(closest));
        var sheet = await SheetAsync(Administrator, "/v1/imports", $$"""{"nom":"{{code}}"}""");
        Assert.That(sheet["problems"]![0].Text("closest"), Is.EqualTo(closest));
    }

    private static JsonSerializerOptions Unescaped { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static string Contact(string person) =>
        $$"""
        {"function":"coordinator","label":{{Json($"test-{Guid.NewGuid():N}")}},"person":{{Json(person)}},"nominative":true,"visibility":"public",
         "legalBasis":"public-interest","source":"test","reviewOn":"2027-01-01"}
        """;

    private static void Refused(Answer answer, string spelling)
    {
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), $"{spelling}: {answer.Body}");
        Assert.That(answer.Json["errors"]!.AsArray().Select(error => error.Text("code")), Does.Contain("objected"), $"{spelling}: {answer.Body}");
    }

    private async Task CreateAsync(string code) => (await Administrator.PutAsync(
        $"/v1/councils/{code}/document",
        $$"""{"code":"{{code}}","kind":"clsm","name":"{{code}}","status":"active","sources":[{"id":"test","title":"test","url":"https://example.invalid/"}]}""",
        null)).With(HttpStatusCode.Created);

    private async Task ObjectAsync(string code, string person)
    {
        var contact = (await Administrator.PostAsync($"/v1/councils/{code}/contacts", Contact(person))).With(HttpStatusCode.Created);
        (await Administrator.PostAsync($"/v1/contacts/{contact.Json.Text("id")}/objection?council={code}", "")).With(HttpStatusCode.OK);
    }

    private static async Task<JsonNode> SheetAsync(Client client, string path, string sheet)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(sheet.ReplaceLineEndings("")));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return (await client.SendAsync(HttpMethod.Post, path, body)).With(HttpStatusCode.OK).Items[0]!;
    }
}
