using System.Net.Mail;
using System.Text.Json;
using System.Text.RegularExpressions;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Values;

/// <summary>Formats that a regular expression describes, some with check digits besides.</summary>
public enum PatternKind
{
    /// <summary>Code of a council.</summary>
    CouncilCode,

    /// <summary>Key within a council, such as the id of a source.</summary>
    Key,

    /// <summary>INSEE code of a commune.</summary>
    CommuneCode,

    /// <summary>Postcode.</summary>
    Postcode,

    /// <summary>Telephone number in E.164.</summary>
    Phone,

    /// <summary>SIREN.</summary>
    Siren,

    /// <summary>SIRET.</summary>
    Siret,

    /// <summary>FINESS.</summary>
    Finess,

    /// <summary>RNA.</summary>
    Rna,
}

/// <summary>Text of a known format.</summary>
public sealed class PatternAttribute(PatternKind kind) : ConstraintAttribute
{
    internal override ValidationError? Check(JsonElement value)
    {
        var text = value.GetString()!;
        var format = TextFormat.Of(kind);
        return !format.Fits(text) ? new ValidationError(format.Problem, [text]) { Value = text, Closest = format.Mend?.Invoke(text) }
            : format.CheckDigits is { } check && !check(text) ? new ValidationError("wrong-check-digit", [text]) { Value = text }
            : null;
    }

    internal override ConstraintFacets Facets => new() { Pattern = TextFormat.Of(kind).Expression.ToString(), MaxLength = TextFormat.Of(kind).MaximumLength };
}

/// <summary>An absolute http or https address.</summary>
public sealed class WebAddressAttribute : ConstraintAttribute
{
    internal override ValidationError? Check(JsonElement value)
    {
        var text = value.GetString()!;
        return text.Length > 2000 ? new ValidationError("too-long", [2000, text.Length])
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
              && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && !text.Any(char.IsWhiteSpace) ? null
            : new ValidationError("malformed-web-address", [text]) { Value = text, Closest = text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? $"https://{text}" : null };
    }

    internal override ConstraintFacets Facets => new() { Format = "uri", Pattern = "^https?://", MaxLength = 2000 };
}

/// <summary>An e-mail address.</summary>
public sealed class EmailAttribute : ConstraintAttribute
{
    internal override ValidationError? Check(JsonElement value) =>
        value.GetString()! is var text && text.Length <= 254 && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal)
            ? null
            : new ValidationError("malformed-email", []);   // the value itself is personal data and is not repeated

    internal override ConstraintFacets Facets => new() { Format = "email", MaxLength = 254 };
}

/// <summary>ISO 8601 with reduced precision, or a season of EDTF.</summary>
public sealed partial class FuzzyDateFormatAttribute : ConstraintAttribute
{
    internal override ValidationError? Check(JsonElement value)
    {
        var text = value.GetString()!;
        return !text.EndsWith('\n') && Expression().IsMatch(text) && (text.Length < 10 || DateOnly.TryParseExact(text, "yyyy-MM-dd", out _))
            ? null
            : new ValidationError("malformed-date", [text]) { Value = text, Closest = Year().Match(text) is { Success: true } year ? year.Value : null };
    }

    internal override ConstraintFacets Facets => new() { Pattern = Expression().ToString(), MaxLength = 10 };

    [GeneratedRegex("^(1[89]|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-2[1-4])?$")]
    private static partial Regex Expression();

    [GeneratedRegex("(1[89]|20)[0-9]{2}")]
    private static partial Regex Year();
}

/// <summary>A format: its expression and greatest length, the problem it reports, and how a near miss can be mended.</summary>
internal sealed partial record TextFormat(Regex Expression, int MaximumLength, string Problem)
{
    public Func<string, bool>? CheckDigits { get; private init; }

    public Func<string, string?>? Mend { get; private init; }

    private static readonly Dictionary<PatternKind, TextFormat> All = new()
    {
        [PatternKind.CouncilCode] = new(CouncilCode(), 80, "malformed-council-code") { Mend = Slug },
        [PatternKind.Key] = new(Key(), 100, "malformed-key") { Mend = Slug },
        [PatternKind.CommuneCode] = new(CommuneCode(), 5, "malformed-commune-code"),
        [PatternKind.Postcode] = new(Postcode(), 5, "malformed-postcode"),
        [PatternKind.Phone] = new(Phone(), 16, "malformed-phone"),
        [PatternKind.Siren] = new(Siren(), 9, "malformed-siren") { CheckDigits = Identifiers.IsSiren },
        [PatternKind.Siret] = new(Siret(), 14, "malformed-siret") { CheckDigits = Identifiers.IsSiret },
        [PatternKind.Finess] = new(Finess(), 9, "malformed-finess") { CheckDigits = Identifiers.IsFiness },
        [PatternKind.Rna] = new(Rna(), 10, "malformed-rna"),
    };

    public static TextFormat Of(PatternKind kind) => All[kind];

    /// <summary>Whether the text is of the format. The expressions are the contract's, where <c>$</c> is the end; in .NET it may stand before a last line feed.</summary>
    public bool Fits(string text) => !text.EndsWith('\n') && Expression.IsMatch(text);

    private static string? Slug(string text)
    {
        var slug = PlainText.Fold(text, PlainTextOptions.LatinOnly).Replace(' ', '-');
        return slug.Length is >= 2 and <= 80 ? slug : null;
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){1,79}$")]
    private static partial Regex CouncilCode();

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9]|[-.](?=[a-z0-9])){0,99}$")]
    private static partial Regex Key();

    [GeneratedRegex("^(?:0[1-9]|[13-8][0-9]|2[1-9AB]|9[0-5])[0-9]{3}$|^9[78][0-9]{3}$")]
    private static partial Regex CommuneCode();

    [GeneratedRegex("^[0-9]{5}$")]
    private static partial Regex Postcode();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex Phone();

    [GeneratedRegex("^[0-9]{9}$")]
    private static partial Regex Siren();

    [GeneratedRegex("^[0-9]{14}$")]
    private static partial Regex Siret();

    [GeneratedRegex("^(?:[0-9]{2}|2[AB])[0-9]{7}$")]
    private static partial Regex Finess();

    [GeneratedRegex("^W[0-9][0-9A-Z][0-9]{7}$")]
    private static partial Regex Rna();
}
