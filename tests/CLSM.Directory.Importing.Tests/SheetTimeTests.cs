using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Importing.Mapping;
using CLSM.Directory.Importing.Reading;

namespace CLSM.Directory.Importing.Tests;

/// <summary>Anybody may have a sheet validated: a text made to be slow to read takes no longer than its length.</summary>
internal sealed class SheetTimeTests
{
    private const int Short = 4_000;
    private const int Longer = 4;

    private static readonly ReferenceTerritories Territories = new(ShippedTerritories.Names);

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
    public void A_text_that_repeats_itself_is_read_in_time_to_its_length(string before, string repeated, string after)
    {
        Time(Text(Short / 4));
        var few = Time(Text(Short));
        var many = Time(Text(Short * Longer));

        // In proportion would be 4, with the square 16, and twice the length of an exponential is not lived to see.
        Assert.That(many, Is.LessThan(TimeSpan.FromMilliseconds(150)).Or.LessThan(few * Longer * 2.5), $"{few.TotalMilliseconds:0} ms for {Short} characters, {many.TotalMilliseconds:0} ms for {Longer} times as many");

        string Text(int length) => before + string.Concat(Enumerable.Repeat(repeated, length / repeated.Length)) + after;
    }

    [Test]
    public void A_text_that_is_longer_than_any_sheet_is_refused() =>
        Assert.That(Validate(new string('a', CouncilSheet.MaxTextLength + 1)).Problems, Is.All.EqualTo("too-long"));

    [Test]
    public void More_pieces_than_any_council_has_are_refused() =>
        Assert.That(Validate(string.Concat(Enumerable.Repeat("a;", 5_000))).Problems[0], Is.EqualTo("too-many-items"));

    private static TimeSpan Time(string text)
    {
        // The better of two, since others work on the same machine.
        var first = Validate(text).Time;
        var second = Validate(text).Time;
        return first < second ? first : second;
    }

    /// <summary>What a validation does with a sheet, without its queries.</summary>
    private static (IReadOnlyList<string> Problems, TimeSpan Time) Validate(string text)
    {
        var members = new JsonObject { ["id"] = "test-0001", ["nom"] = "test-0001" };
        foreach (var key in Members)
        {
            members[key] = text;
        }

        var line = Encoding.UTF8.GetBytes(members.ToJsonString());
        var began = Stopwatch.GetTimestamp();
        var (sheet, problems) = CouncilSheet.Read(SheetReader.Parse(1, line, isEnded: true).Value!.Value);
        if (sheet is not null)
        {
            var mapped = SheetMapper.Map(sheet, Territories, new DateOnly(2026, 11, 22));
            problems = DocumentRules.Check(mapped.Document);
        }

        return ([.. problems.Select(problem => problem.Code)], Stopwatch.GetElapsedTime(began));
    }
}
