using System.Text;
using System.Text.Json;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Mapping;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace CLSM.Directory.Importing.Tests;

/// <summary>From words to statements, without a database.</summary>
internal sealed class SheetTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [TestCase("en 2006", "2006", "year")]
    [TestCase("2006", "2006", "year")]
    [TestCase("printemps 2014", "2014-21", "season")]
    [TestCase("au printemps 2018", "2018-21", "season")]
    [TestCase("été 2020", "2020-22", "season")]
    [TestCase("automne 2019", "2019-23", "season")]
    [TestCase("hiver 2019", "2019-24", "season")]
    [TestCase("depuis 2011", "2011", "year")]
    [TestCase("le 13 septembre 2019", "2019-09-13", "day")]
    [TestCase("Le 1er janvier 2020", "2020-01-01", "day")]
    [TestCase("13/09/2019", "2019-09-13", "day")]
    [TestCase("2019-09-13", "2019-09-13", "day")]
    [TestCase("mars 2015", "2015-03", "month")]
    [TestCase("août 2015", "2015-08", "month")]
    [TestCase("vers 2010", "2010", "circa")]
    [TestCase("avant 2008", "2008", "before")]
    [TestCase("après 2012", "2012", "after")]
    [TestCase("depuis plusieurs années", null, null)]
    [TestCase("courant 2022", "2022", "year")]
    [TestCase("fin 2013", "2013", "year")]
    [TestCase("vendredi 31 octobre 2014", "2014-10-31", "day")]
    [TestCase("31 février 2019", "2019", "year")]
    [TestCase("2015-2020", null, null)]
    [TestCase("en 2015 puis en 2017", null, null)]
    [TestCase("80 282 habitants, 38100 Grenoble", null, null)]
    [TestCase("", null, null)]
    public void Dates_in_words_are_as_precise_as_the_words(string words, string? value, string? precision)
    {
        var date = FrenchDates.Parse(words);
        Assert.That((date?.Value, date?.Precision), Is.EqualTo((value, precision)));
    }

    [TestCase("04 72 10 35 93", "+33472103593")]
    [TestCase("01.48.75.94.79", "+33148759479")]
    [TestCase("0155691433", "+33155691433")]
    [TestCase("+33 (0)4 76 03 43 52", "+33476034352")]
    [TestCase("0033 4 76 03 43 52", "+33476034352")]
    [TestCase("0262 20 10 10", "+262262201010")]
    [TestCase("0692 20 10 10", "+262692201010")]
    [TestCase("0590 12 34 56", "+590590123456")]
    [TestCase("0594 12 34 56", "+594594123456")]
    [TestCase("0596 12 34 56", "+596596123456")]
    [TestCase("0696 12 34 56", "+596696123456")]
    [TestCase("+262 262 20 10 10", "+262262201010")]
    [TestCase("0 800 123 456", "+33800123456")]
    [TestCase("04 72 10 35 93 / 06 12 34 56 78", "+33472103593,+33612345678")]
    [TestCase("tél. : 04 72 10 35 93 (standard)", "+33472103593")]
    [TestCase("3114", "")]
    [TestCase("04 72 10 35", "")]
    [TestCase("00 00 00 00 00", "")]
    public void Telephone_numbers_become_E164(string words, string numbers) =>
        Assert.That(string.Join(',', FrenchPhoneNumbers.Find(words).Numbers), Is.EqualTo(numbers));

    [TestCase("hôpital Robert Ballanger", true)]
    [TestCase("ARS", true)]
    [TestCase("conseil départemental", true)]
    [TestCase("UNAFAM 86", true)]
    [TestCase("Unafam 79", true)]
    [TestCase("Hôpitaux du Bassin de Thau", true)]
    [TestCase("bailleurs", false)]
    [TestCase("services sociaux", false)]
    [TestCase("Services d'Aide à Domicile", false)]
    [TestCase("Associations d'usagers et de familles", false)]
    [TestCase("représentants de personnes malades", false)]
    [TestCase("463 personnes ou structures adhérentes en deux ans", false)]
    [TestCase("SAMSAH", false)]
    public void A_category_is_no_organisation(string words, bool isOrganisation) =>
        Assert.That(OrganisationNames.IsOrganisation(words), Is.EqualTo(isOrganisation));

    [Test]
    public void An_organisation_that_is_written_in_several_ways_is_one()
    {
        var document = Map("""{"id":"test","nom":"CLSM","partenairesFondateurs":["CHU de Lille (CHU)","ARS Hauts-de-France"],"organisations":["CHU","ARS","Centre hospitalier Esquirol","CH Esquirol","C.C.A.S.","CCAS"]}""").Document;
        Assert.That(document.Organisations!.Select(organisation => organisation.Name), Is.EquivalentTo(new[] { "CHU de Lille", "ARS Hauts-de-France", "Centre hospitalier Esquirol", "C.C.A.S." }));
        Assert.That(document.Organisations![0].Acronym, Is.EqualTo("CHU"));
    }

    [Test]
    public void Carriers_are_parted_only_where_it_is_clear()
    {
        Assert.That(Carriers("Ville de Toulouse et centre hospitalier Gérard Marchant"), Is.EqualTo(new[] { "Ville de Toulouse", "centre hospitalier Gérard Marchant" }));
        Assert.That(Carriers("Syndicat Mixte du Bassin d'Aurillac, du Carladès et de la Châtaigneraie"), Has.Length.EqualTo(1));

        static string[] Carriers(string text) => [.. Map(JsonSerializer.Serialize(new { id = "test", nom = "CLSM", institutionCoordinatrice = text })).Document.Organisations!
            .Where(organisation => organisation.Roles!.Contains("carrier")).Select(organisation => organisation.Name)];
    }

    [Test]
    public void Years_that_disagree_are_all_kept_and_reported()
    {
        var mapped = Map("""{"id":"test","nom":"CLSM","anneeCreation":2016,"creationTexte":"Créé en 2014, relancé en 2019"}""");
        Assert.That(mapped.Document.Foundation!.Date!.Value, Is.EqualTo("2016"));
        Assert.That(mapped.Document.Foundation.OtherDates!.Select(date => date.Value), Is.EqualTo(new[] { "2014", "2019" }));
        Assert.That(mapped.Notes.Select(note => note.Code), Does.Contain("sources-disagree"));
    }

    [Test]
    public void A_nominative_address_is_flagged_with_its_basis_and_a_function_is_not()
    {
        var nominative = Map("""{"id":"test","nom":"CLSM","contact":{"fonction":"coordinatrice","email":"anne.exemple@ville.fr","telephone":"04 72 10 35 93"}}""").Document.Contacts!.Single();
        Assert.That((nominative.Nominative, nominative.LegalBasis, nominative.Visibility), Is.EqualTo((true, "public-interest", "council")));
        var function = Map("""{"id":"test","nom":"CLSM","contact":{"email":"clsm.coordination@ville.fr","adresse":"47 avenue Marcelin Berthelot, 38100 Grenoble"}}""").Document.Contacts!.Single();
        Assert.That((function.Nominative, function.Address!.Postcode, function.Address.City), Is.EqualTo((false, "38100", "Grenoble")));
    }

    [Test]
    public void Notes_and_unknown_keys_are_kept_as_words()
    {
        var mapped = Map("""{"id":"test","nom":"CLSM","notes":"test-0001","couleur":{"fond":["bleu",7]}}""");
        Assert.That(mapped.Kept.Select(words => $"{words.Path}={words.Text}"), Is.EquivalentTo(new[] { "/couleur/fond/0=bleu", "/couleur/fond/1=7", "/notes=test-0001" }));
        Assert.That(mapped.Notes.Select(note => note.Code), Does.Contain("unknown-key"));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Any_sheet_is_whole_or_refused_with_a_place() => Prop.ForAll(Arb.From(SheetGenerator.Sheets()), json =>
    {
        var record = SheetReader.Parse(1, Encoding.UTF8.GetBytes(json), isEnded: true);
        if (record.Value is not { } value)
        {
            return record.Problems.All(problem => problem.Pointer is not null);
        }

        var (sheet, violations) = CouncilSheet.Read(value);
        if (sheet is null)
        {
            return violations.Count > 0 && violations.All(violation => violation.Pointer is not null);
        }

        var mapped = SheetMapper.Map(sheet, new UnknownTerritories(), Today);
        var errors = DocumentRules.Check(mapped.Document);
        return errors.Count == 0 && SheetValues.Missing(value, mapped.Document).Count == 0
            ? true
            : throw new InvalidOperationException($"{json}\n{string.Join("; ", errors.Select(error => $"{error.Pointer} {error.Code}"))}\nmissing: {string.Join("; ", SheetValues.Missing(value, mapped.Document))}");
    });

    private static MappedSheet Map(string json)
    {
        using var body = JsonDocument.Parse(json);
        return SheetMapper.Map(CouncilSheet.Read(body.RootElement.Clone()).Sheet!, new UnknownTerritories(), Today);
    }
}
