using System.Linq.Expressions;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>A scheme and a value, as in <c>finess:570000000</c>.</summary>
internal sealed record IdentifierQuery(string Scheme, string Value)
{
    private static readonly Dictionary<string, PatternKind> Schemes = new(StringComparer.Ordinal)
    {
        ["finess"] = PatternKind.Finess,
        ["siren"] = PatternKind.Siren,
        ["siret"] = PatternKind.Siret,
        ["rna"] = PatternKind.Rna,
    };

    public static readonly QueryParameter Parameter = new TextParameter(
        "identifier",
        30,
        "Only organisations with one of these official identifiers, or what belongs to the councils in which they sit: "
        + "`finess:570000000`, `siren:…`, `siret:…` or `rna:…`.")
    {
        IsList = true,
        Pattern = "^(finess|siren|siret|rna):.+$",
        Rule = Check,
    };

    public static IdentifierQuery? Parse(string text) =>
        text.Split(':', 2) is [var scheme, var value] && Schemes.TryGetValue(scheme, out var kind) && TextFormat.Of(kind).Fits(value)
            ? new IdentifierQuery(scheme, value)
            : null;

    public static ValidationError? Check(string text) =>
        Parse(text) is null ? new ValidationError("malformed-identifier", [text]) { Value = text } : null;

    /// <summary>Organisations with one of these identifiers, each sought in the column of its scheme.</summary>
    public static Expression<Func<OrganisationRow, bool>> Matches(IReadOnlyList<string> texts)
    {
        var byScheme = texts.Select(text => Parse(text)!).ToLookup(query => query.Scheme, query => query.Value);
        List<string> finess = [.. byScheme["finess"]], sirens = [.. byScheme["siren"]];
        List<string> sirets = [.. byScheme["siret"]], rna = [.. byScheme["rna"]];
        return row => finess.Contains(row.Finess!) || sirens.Contains(row.Siren!) || sirets.Contains(row.Siret!) || rna.Contains(row.Rna!);
    }
}
