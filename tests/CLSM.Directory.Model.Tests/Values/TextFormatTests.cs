using System.Text.Json;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Tests.Values;

/// <summary>Formats of codes and addresses, and what is proposed for a near miss.</summary>
internal sealed class TextFormatTests
{
    [TestCase(PatternKind.CouncilCode, "l-hay-les-roses")]
    [TestCase(PatternKind.Key, "fiche-2024")]
    [TestCase(PatternKind.CommuneCode, "57463")]
    [TestCase(PatternKind.CommuneCode, "2A004")]
    [TestCase(PatternKind.CommuneCode, "97411")]
    [TestCase(PatternKind.Postcode, "57000")]
    [TestCase(PatternKind.Phone, "+33100000000")]
    [TestCase(PatternKind.Siren, "200039865")]
    [TestCase(PatternKind.Rna, "W2A0000000")]
    public void A_value_of_the_format_passes(PatternKind kind, string value) =>
        Assert.That(Check(new PatternAttribute(kind), value), Is.Null);

    [TestCase(PatternKind.CouncilCode, "-metz", "malformed-council-code")]
    [TestCase(PatternKind.CouncilCode, "metz\n", "malformed-council-code")]
    [TestCase(PatternKind.CommuneCode, "20004", "malformed-commune-code")]
    [TestCase(PatternKind.CommuneCode, "96001", "malformed-commune-code")]
    [TestCase(PatternKind.Phone, "01 00 00 00 00", "malformed-phone")]
    [TestCase(PatternKind.Siren, "20003986", "malformed-siren")]
    [TestCase(PatternKind.Siren, "200039866", "wrong-check-digit")]
    public void Another_value_is_refused(PatternKind kind, string value, string problem) =>
        Assert.That(Check(new PatternAttribute(kind), value)?.Code, Is.EqualTo(problem));

    [TestCase("Lœuilly", "loeuilly")]
    [TestCase("Lætitia Bœuf", "laetitia-boeuf")]
    [TestCase("Crèvecœur-en-Auge", "crevecoeur-en-auge")]
    [TestCase("L'Haÿ-les-Roses", "l-hay-les-roses")]
    [TestCase("中", null)]
    public void A_name_that_is_no_code_gets_one_proposed(string name, string? code) =>
        Assert.That(Check(new PatternAttribute(PatternKind.CouncilCode), name)?.Closest, Is.EqualTo(code));

    [TestCase("2014")]
    [TestCase("2014-03")]
    [TestCase("2016-02-29")]
    [TestCase("2014-24")]
    public void A_fuzzy_date_is_a_year_a_month_a_day_or_a_season(string value) =>
        Assert.That(Check(new FuzzyDateFormatAttribute(), value), Is.Null);

    [TestCase("2014-13", "2014")]
    [TestCase("2014-25", "2014")]
    [TestCase("2014-02-29", "2014")]
    [TestCase("en 2014", "2014")]
    [TestCase("1700", null)]
    [TestCase("2014\n", "2014")]
    public void What_is_no_fuzzy_date_is_mended_by_its_year(string value, string? closest)
    {
        var error = Check(new FuzzyDateFormatAttribute(), value);
        Assert.That((error?.Code, error?.Closest), Is.EqualTo(("malformed-date", closest)));
    }

    [TestCase("https://exemple.test/Conseil Local", "exemple.test")]
    [TestCase("Exemple.Test", "exemple.test")]
    [TestCase("*.exemple.test", null)]
    public void A_host_is_proposed_for_an_address(string value, string? closest)
    {
        var error = Check(new HostNameAttribute(), value);
        Assert.That((error?.Code, error?.Closest), Is.EqualTo(("malformed-host", closest)));
    }

    [Test]
    public void A_malformed_address_of_a_person_is_not_repeated()
    {
        var error = Check(new EmailAttribute(), "prenom.fictif@exemple");
        Assert.That((error?.Code, error?.Value, error?.Arguments.Count), Is.EqualTo(("malformed-email", (string?)null, 0)));
    }

    private static ValidationError? Check(ConstraintAttribute rule, string value)
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(value));
        return rule.Check(json.RootElement);
    }
}
