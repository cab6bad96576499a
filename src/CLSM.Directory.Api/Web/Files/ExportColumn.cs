using System.Globalization;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>What the cells of a column are; a cell may be empty in any.</summary>
internal enum CellKind
{
    Text,
    Integer,
    Number,
    Boolean,
    Date,
    Instant,
}

/// <summary>A column of the flat formats: the only place that says what is in it, for all of them and for the contract.</summary>
internal sealed record ExportColumn<T>(string Name, CellKind Kind, string Description, Func<ExportItem<T>, object?> Value)
{
    public static ExportColumn<T> Text(string name, string description, Func<T, string?> value) => new(name, CellKind.Text, description, item => value(item.Resource));

    /// <summary>Several values in one cell.</summary>
    public static ExportColumn<T> List(string name, string description, Func<T, IEnumerable<string?>?> values) =>
        new(name, CellKind.Text, $"{description} {Cells.ListRule}", item => Cells.Join(values(item.Resource)));

    public static ExportColumn<T> Integer(string name, string description, Func<T, int?> value) => new(name, CellKind.Integer, description, item => value(item.Resource));

    public static ExportColumn<T> Boolean(string name, string description, Func<T, bool?> value) => new(name, CellKind.Boolean, description, item => value(item.Resource));

    public static ExportColumn<T> Date(string name, string description, Func<T, DateOnly?> value) => new(name, CellKind.Date, description, item => value(item.Resource));

    public static ExportColumn<T> Instant(string name, string description, Func<T, DateTimeOffset?> value) => new(name, CellKind.Instant, description, item => value(item.Resource));
}

/// <summary>What cells have in common.</summary>
internal static class Cells
{
    public const string ListRule = "Several are parted by a vertical bar; one inside a value is written `¦`.";

    private const char Separator = '|';

    public static string? Join(IEnumerable<string?>? values)
    {
        var text = string.Join(Separator, (values ?? []).OfType<string>().Select(value => value.Replace(Separator, '¦')));
        return text.Length == 0 ? null : text;
    }

    /// <summary>The cell as text, the same on every machine.</summary>
    public static string Write(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A cell cannot be a {value.GetType()}."),
    };

    /// <summary>
    /// A telephone number as people write it (ITU-T E.123): spreadsheets and readers of CSV keep it as text, where they take a bare
    /// +33476034352 for a number and drop its plus. Programs leave out the blanks.
    /// </summary>
    public static string Phone(string number)
    {
        if (number.Length == 12 && number.StartsWith("+33", StringComparison.Ordinal))
        {
            return $"+33 {number[3]} {number[4..6]} {number[6..8]} {number[8..10]} {number[10..12]}";
        }

        var country = CountryDigits(number) + 1;
        return number.Length > country ? $"{number[..country]} {number[country..]}" : number;
    }

    /// <summary>Digits of the country code (ITU-T E.164): those of one and of two digits are few, all others have three.</summary>
    private static int CountryDigits(string number) => number[1] switch
    {
        '1' or '7' => 1,
        '2' => number[2] is '0' or '7' ? 2 : 3,
        '3' => number[2] is '5' or '7' or '8' ? 3 : 2,
        '4' => number[2] is '2' ? 3 : 2,
        '5' => number[2] is '0' or '9' ? 3 : 2,
        '6' => number[2] is >= '0' and <= '6' ? 2 : 3,
        '8' => number[2] is '1' or '2' or '4' or '6' ? 2 : 3,
        _ => number[2] is >= '0' and <= '5' or '8' ? 2 : 3,
    };
}
