using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Tests.Values;

/// <summary>Check digits. But for the EPCI of the reference, the numbers are made up.</summary>
internal sealed class IdentifiersTests
{
    [TestCase("200039865", true)]
    [TestCase("200041317", true)]
    [TestCase("200039856", false)]
    [TestCase("200039866", false)]
    public void A_SIREN_follows_Luhn(string siren, bool isValid) => Assert.That(Identifiers.IsSiren(siren), Is.EqualTo(isValid));

    [TestCase("35600000000015", true, Description = "La Poste: the sum of the digits is divisible by 5")]
    [TestCase("35600000000016", false)]
    [TestCase("00000000000018", true)]
    [TestCase("00000000000023", false)]
    public void A_SIRET_follows_Luhn_but_for_La_Poste(string siret, bool isValid) =>
        Assert.That(Identifiers.IsSiret(siret), Is.EqualTo(isValid));

    [TestCase("2A0000006", true)]
    [TestCase("210000006", true)]
    [TestCase("2B0000004", true)]
    [TestCase("2A0000004", false)]
    public void In_Corsica_the_letter_of_a_FINESS_counts_as_its_digit(string finess, bool isValid) =>
        Assert.That(Identifiers.IsFiness(finess), Is.EqualTo(isValid));
}
