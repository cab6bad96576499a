namespace CLSM.Directory.Model.Values;

/// <summary>Check digits of French identifiers.</summary>
internal static class Identifiers
{
    private const string LaPoste = "356000000";

    public static bool IsSiren(string siren) => Luhn(siren);

    /// <summary>La Poste's establishments do not follow Luhn: the sum of their digits is divisible by 5 (INSEE, Sirene).</summary>
    public static bool IsSiret(string siret) =>
        Luhn(siret) || (siret.StartsWith(LaPoste, StringComparison.Ordinal) && siret.Sum(digit => digit - '0') % 5 == 0);

    /// <summary>In Corsica the letter counts as the digit that follows: <c>2A</c> as 21, <c>2B</c> as 22.</summary>
    public static bool IsFiness(string finess) => Luhn(finess.Replace('A', '1').Replace('B', '2'));

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[digits.Length - 1 - place] - '0';
            var weighted = place % 2 == 1 ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }
}
