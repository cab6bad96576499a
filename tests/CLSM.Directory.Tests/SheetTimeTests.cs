using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Anybody may have a sheet validated: a text made to be slow to read takes no longer than its length.</summary>
internal sealed class SheetTimeTests : DirectoryFixture
{
    private const int Short = 4_000;
    private const int Longer = 4;

    private static readonly string[] Members =
    [
        "alias", "statut", "territoire", "institutionCoordinatrice", "anneeCreation", "creationTexte", "partenairesFondateurs", "presidence", "instances", "groupes", "axes", "organisations",
        "celluleSituationsComplexes", "financement", "cadres", "evenements", "contact", "siteWeb", "notes", "sources",
    ];

    [TestCase("a", "a", "b")]
    [TestCase("a", " ", "b")]
    [TestCase("a", "\n", "b")]
    [TestCase("1", " ", "x")]
    [TestCase("", "1 ", "x")]
    [TestCase("", "depuis le ", "x 2006")]
    [TestCase("", "en l'", "x 2006")]
    [TestCase("", "2006 ", "x")]
    [TestCase("", "1 janvier ", "x")]
    [TestCase("", "vers le ", "x")]
    [TestCase("", "57000 a ", "\n1")]
    [TestCase("", "@", "x")]
    [TestCase("", "a@", " x")]
    [TestCase("", "0387000000 ", "x")]
    [TestCase("", "+33 (0)", "x")]
    [TestCase("a", "(", "x")]
    [TestCase("a", "(b", ")")]
    [TestCase("", "A.", "x")]
    [TestCase("", "a et ", "x")]
    [TestCase("", "M. ", "x")]
    [TestCase("", "http://", " x")]
    [TestCase("", "-a", ".")]
    [TestCase("x", "|'", "x")]
    [TestCase("", "1-", " x")]
    [TestCase("", "comité de pilotage ", "x")]
    [TestCase("", "santé mentale, ", "x")]
    [TestCase("", "e\u0301", "x")]
    [Retry(3)] // The machine may be busy with others for one measurement; what grows too fast does so each time.
    public async Task A_text_that_repeats_itself_is_read_in_time_to_its_length(string before, string repeated, string after)
    {
        await TimeAsync(Text(Short / 4));
        var few = await TimeAsync(Text(Short));
        var many = await TimeAsync(Text(Short * Longer));

        // In proportion would be 4, with the square 16, and twice the length of an exponential is not lived to see.
        Assert.That(many, Is.LessThan(TimeSpan.FromMilliseconds(150)).Or.LessThan(few * Longer * 2.5), $"{few.TotalMilliseconds:0} ms for {Short} characters, {many.TotalMilliseconds:0} ms for {Longer} times as many");

        string Text(int length) => before + string.Concat(Enumerable.Repeat(repeated, length / repeated.Length)) + after;
    }

    [Test]
    public async Task A_text_that_is_longer_than_any_sheet_is_refused()
    {
        var (report, _) = await ValidateAsync(new string('a', CouncilSheet.MaxTextLength + 1));
        Assert.That(report["items"]![0]!["problems"]!.AsArray().Select(problem => problem.Text("code")), Is.All.EqualTo("too-long"));
    }

    [Test]
    public async Task More_pieces_than_any_council_has_are_refused()
    {
        var (report, _) = await ValidateAsync(string.Concat(Enumerable.Repeat("a;", 5_000)));
        Assert.That(report["items"]![0]!["problems"]![0].Text("code"), Is.EqualTo("too-many-items"));
    }

    private async Task<TimeSpan> TimeAsync(string text)
    {
        // The better of two, since others work on the same machine.
        var first = (await ValidateAsync(text)).Time;
        var second = (await ValidateAsync(text)).Time;
        return first < second ? first : second;
    }

    private async Task<(JsonNode Report, TimeSpan Time)> ValidateAsync(string text)
    {
        var sheet = new JsonObject { ["id"] = "test-0001", ["nom"] = "test-0001" };
        foreach (var key in Members)
        {
            sheet[key] = text;
        }

        var began = Stopwatch.GetTimestamp();
        using var content = Client.Json(sheet.ToJsonString(), "application/x-ndjson");
        var report = (await Anonymous.SendAsync(HttpMethod.Post, "/v1/validations", content)).With(HttpStatusCode.OK).Json;
        return (report, Stopwatch.GetElapsedTime(began));
    }
}
