using System.Linq.Expressions;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Statements;
using FluentValidation;

namespace CLSM.Directory.Api.Organisations;

/// <summary>Organisations: <c>/v1/councils/{council}/organisations</c> and <c>/v1/organisations</c>.</summary>
internal sealed class OrganisationSlice() : PartSlice<OrganisationRow, Organisation>(new InlineValidator<Organisation>())
{
    public override PartNames Names { get; } = new(
        "organisations", "organisation", "Organisations", "Organisation", "Organisations", "organisation", "organisations")
    {
        Member = "organisations",
        Purpose = "Who takes part, by name: hospitals, towns, associations. Open categories (\"bailleurs sociaux\") are no organisations; they stand in the council’s `participation`.",
    };

    public override IReadOnlyList<PartFilter<OrganisationRow>> Filters { get; } =
    [
        new(new CodeParameter("category", "participant-categories", "Only organisations of these categories.") { IsList = true }, values => row => values.Contains(row.Category!)),
        new(new CodeParameter("role", "organisation-roles", "Only organisations with one of these roles.") { IsList = true }, values => row => row.Roles.Any(role => values.Contains(role))),
        new(
            new TextParameter("identifier", 30, "Only the organisation with this official identifier, in every council where it sits: `finess:570000000`, `siren:…`, `siret:…` or `rna:…`.")
            {
                Pattern = "^(finess|siren|siret|rna):.+$",
                Rule = text => IdentifierQuery.Parse(text) is null ? new Violation("malformed-identifier", [text]) { Value = text } : null,
            },
            values => IdentifierQuery.Parse(values[0])!.Matches()),
    ];

    public override IReadOnlyList<CouncilPart> Of(CouncilDocument document) => document.Organisations ?? [];
}

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

    public static IdentifierQuery? Parse(string text) =>
        text.Split(':', 2) is [var scheme, var value] && Schemes.TryGetValue(scheme, out var kind) && TextFormat.Of(kind).Fits(value) ? new IdentifierQuery(scheme, value) : null;

    public Expression<Func<OrganisationRow, bool>> Matches() => Scheme switch
    {
        "finess" => row => row.Finess == Value,
        "siren" => row => row.Siren == Value,
        "siret" => row => row.Siret == Value,
        _ => row => row.Rna == Value,
    };
}
