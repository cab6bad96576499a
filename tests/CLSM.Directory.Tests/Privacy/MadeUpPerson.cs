namespace CLSM.Directory.Tests.Privacy;

/// <summary>A visibly made-up person, each with values that nothing else has.</summary>
internal sealed record MadeUpPerson(string Given, string Family, string Phone)
{
    private static int count;

    /// <summary>Another one, whose names are found by no search for anything real.</summary>
    public static MadeUpPerson Next()
    {
        var letters = string.Concat(Interlocked.Increment(ref count).ToString("0000", System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));
        return new MadeUpPerson($"Zélie{letters}", $"Épreuvier{letters}", $"+3369900{count:0000}");
    }

    public string Name => $"{Given} {Family}";

    public string ReversedName => $"{Family.ToUpperInvariant()} {Given}";

    public string UnaccentedName => Name.Replace('é', 'e').Replace('É', 'E');

    public string Slug => UnaccentedName.ToLowerInvariant().Replace(' ', '-');

    public string Email => $"{Slug.Replace('-', '.')}@test.example";

    public string PhoneAsWritten => string.Join(' ', $"0{Phone[3..]}".Chunk(2).Select(pair => new string(pair)));

    /// <summary>What must be found nowhere, in any case of letters.</summary>
    public IReadOnlyList<string> Values => [Name, UnaccentedName, ReversedName, Slug, Email, Phone, PhoneAsWritten];

    public string Contact(string source, string visibility = "public") =>
        $$"""
        {"function":"coordinator","label":"Coordination par {{Name}}","person":"{{Name}}","nominative":true,"visibility":"{{visibility}}","emails":["{{Email}}"],"phones":["{{Phone}}"],
         "legalBasis":"consent","source":"{{source}}","reviewOn":"2027-01-01"}
        """;
}
