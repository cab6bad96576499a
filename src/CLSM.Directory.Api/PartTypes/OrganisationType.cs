using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>
/// Organisations: <c>/v1/councils/{council}/organisations</c> and <c>/v1/organisations</c>. Other parts and the council refer to them: they
/// show an organisation's name, and one that is referred to is not removed.
/// </summary>
internal sealed class OrganisationType() : PartType<OrganisationRow, Organisation>(
    ModelJsonContext.Instance.Organisation,
    rules: null,
    new(document => document.Organisations, (document, parts) => document with { Organisations = parts }))
{
    /// <summary>Identifiers of an establishment or an association, which no two organisations of one council can share.</summary>
    private static readonly IReadOnlyList<(string Name, Func<OrganisationIdentifiers, string?> Value)> UniqueIdentifiers =
        [("siret", ids => ids.Siret), ("finess", ids => ids.Finess), ("rna", ids => ids.Rna)];

    public override PartNames Names { get; } = new(
        "organisations", "organisation", "Organisations", "Organisation", "Organisations", "organisation", "organisations")
    {
        Member = "organisations",
        Purpose = "Who takes part, by name: hospitals, towns, associations. Open categories (\"bailleurs sociaux\") are no organisations; "
            + "they stand in the council’s `participation`.",
    };

    public override IReadOnlyList<PartFilter<OrganisationRow>> Filters { get; } =
    [
        new(
            new CodeParameter("category", "participant-categories", "Only organisations of these categories.") { IsList = true },
            values => row => values.Contains(row.Category!)),
        new(
            new CodeParameter("role", "organisation-roles", "Only organisations with one of these roles.") { IsList = true },
            values => row => row.Roles.Any(role => values.Contains(role))),
        new(IdentifierQuery.Parameter, IdentifierQuery.Matches),
    ];

    public override IReadOnlyList<string> OptionalMembers { get; } = ["acronym", "category", "identifiers", "roles", "website", "address"];

    public override IReadOnlyList<ExportColumn<Organisation>> Columns { get; } =
    [
        ExportColumn<Organisation>.Text("name", "Name.", organisation => organisation.Name),
        ExportColumn<Organisation>.Text("acronym", "Acronym.", organisation => organisation.Acronym),
        ExportColumn<Organisation>.Text("category", "Code of the list `participant-categories`.", organisation => organisation.Category),
        ExportColumn<Organisation>.List("roles", "Codes of the list `organisation-roles`.", organisation => organisation.Roles),
        ExportColumn<Organisation>.Text("siren", "SIREN.", organisation => organisation.Identifiers?.Siren),
        ExportColumn<Organisation>.Text("siret", "SIRET.", organisation => organisation.Identifiers?.Siret),
        ExportColumn<Organisation>.Text("finess", "FINESS.", organisation => organisation.Identifiers?.Finess),
        ExportColumn<Organisation>.Text("rna", "RNA.", organisation => organisation.Identifiers?.Rna),
        ExportColumn<Organisation>.Text("website", "Web site.", organisation => organisation.Website),
        .. PartCells.Address<Organisation>(part => part.Address),
    ];

    public override PartExamples Examples { get; } = new(
        Create: """{"name":"Clinique fictive","acronym":"CF"}""",
        Change: """{"website":"https://ville.sandbox.example/"}""");

    public override string RemovalConflict => "OrganisationInUse";

    public override IEnumerable<ValidationError> FindConflicts(IReadOnlyList<CouncilPart> parts) =>
        from scheme in UniqueIdentifiers
        from shared in parts.Cast<Organisation>()
            .Select((organisation, index) => (Value: organisation.Identifiers is { } ids ? scheme.Value(ids) : null, Index: index))
            .Where(entry => entry.Value is not null)
            .GroupBy(entry => entry.Value!, StringComparer.Ordinal)
            .SelectMany(same => same.Skip(1))
        select new ValidationError("duplicate-identifier", [shared.Value!])
        {
            Pointer = $"/{shared.Index}/identifiers/{scheme.Name}",
            Value = shared.Value,
        };

    public override async Task<ApiProblem?> FindConflictAsync(
        PartContext context, CouncilPart part, Guid? self, CancellationToken cancellationToken)
    {
        if (((Organisation)part).Identifiers is not { } identifiers)
        {
            return null;
        }

        var council = context.Council.Id;
        var (siret, finess, rna) = (identifiers.Siret, identifiers.Finess, identifiers.Rna);
        var other = await context.Database.Set<OrganisationRow>()
            .Where(row => row.CouncilId == council && row.Id != self
                && ((siret != null && row.Siret == siret) || (finess != null && row.Finess == finess) || (rna != null && row.Rna == rna)))
            .Select(row => row.Name)
            .FirstOrDefaultAsync(cancellationToken);
        return other is null ? null : new ApiProblem(StatusCodes.Status409Conflict, "already-exists", other);
    }

    /// <summary>References show the organisation's name: who refers to it changes with it, and the change feed says so.</summary>
    public override async Task OnRenamedAsync(PartContext context, Guid id, string name, CancellationToken cancellationToken)
    {
        var (database, council, types) = context;
        var referrers = await database.OrganisationReferences
            .Where(reference => reference.CouncilId == council.Id && reference.OrganisationId == id)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        OrganisationReference Renamed(OrganisationReference reference) => reference.Id == id ? reference with { Name = name } : reference;

        if (referrers.Any(reference => reference.ReferrerType == "council"))
        {
            council.Statement = OrganisationReferences.Of(council.Statement, Renamed);
            await database.SaveChangesAsync(cancellationToken);
        }

        foreach (var type in types.All)
        {
            var ids = referrers
                .Where(reference => reference.ReferrerType == type.Names.Type)
                .Select(reference => reference.ReferrerId)
                .ToList();
            if (ids.Count == 0)
            {
                continue;
            }

            var rows = type.Rows(database).Where(row => row.CouncilId == council.Id && ids.Contains(row.Id));
            foreach (var row in await rows.ToListAsync(cancellationToken))
            {
                type.Update(row, OrganisationReferences.Of(row.ToModel(null), Renamed));
            }
        }
    }

    public override async Task<ApiProblem?> OnRemovingAsync(PartContext context, PartRow row, CancellationToken cancellationToken)
    {
        var uses = await context.Database.OrganisationReferences
            .CountAsync(reference => reference.CouncilId == row.CouncilId && reference.OrganisationId == row.Id, cancellationToken);
        return uses > 0 ? new ApiProblem(StatusCodes.Status409Conflict, "organisation-in-use", row.Name, uses) : null;
    }
}
