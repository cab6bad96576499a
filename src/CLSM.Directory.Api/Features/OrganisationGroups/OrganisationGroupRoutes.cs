using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.OrganisationGroups;

/// <summary>The same organisation in several councils: by its identifiers, and, for administrators, those that may be the same by their names.</summary>
internal static class OrganisationGroupRoutes
{
    private static readonly SortField[] Sorts = [SortField.Name];

    private static readonly QueryParameter Identifier = new TextParameter(
        "identifier", 30, "Only the organisations with these official identifiers: `finess:570000000`, `siren:…`, `siret:…` or `rna:…`.")
    {
        IsList = true,
        Pattern = "^(finess|siren|siret|rna):.+$",
        Rule = text => IdentifierOf(text) is not { } identifier ? new ValidationError("malformed-identifier", [text]) { Value = text }
            : FormatOf(identifier.Scheme).CheckDigits is { } check && !check(identifier.Value) ? new ValidationError("wrong-check-digit", [text]) { Value = text }
            : null,
    };

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/organisations/groups", ListGroupsAsync)
            .WithMetadata(new EndpointContract { Parameters = [Identifier, .. PageRequest.ParametersFor(OrganisationGroupsJsonContext.Instance.OrganisationGroup)] })
            .WithName("listOrganisationGroups").WithTags("Organisations")
            .WithSummary("List the organisations of all councils by identifier")
            .WithDescription("Each official identifier once, with the councils, the roles and the bodies in which its organisation sits: in which councils does this hospital sit? In order of identifier. "
                + "Organisations without an identifier are in no group: two are never taken for one by their names.")
            .Produces<Page<OrganisationGroup>>();

        v1.MapGet("/organisations/candidates", ListCandidatesAsync)
            .WithMetadata(new EndpointContract(RequiredScope.Administrator) { Parameters = PageRequest.ParametersFor(OrganisationGroupsJsonContext.Instance.OrganisationCandidates) })
            .WithName("listOrganisationCandidates").WithTags("Organisations")
            .WithSummary("List organisations that may be the same in several councils")
            .WithDescription("Organisations of different councils whose names are the same but for accents, case and punctuation, and which no common identifier joins already: candidates for one. "
                + "Who knows that they are the same states their identifier in each council. Only administrators may read it.")
            .Produces<Page<OrganisationCandidates>>();
    }

    private static async Task<IResult> ListGroupsAsync(
        HttpContext context, PublishedDbContext published, OrganisationGroupQueries groups, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (!PageRequest.Read(context, query, Sorts, [Identifier]).TryGet(out var request, out var problem))
        {
            return problem;
        }

        var log = await published.ChangeLogState.SingleAsync(cancellationToken);
        var etag = new ListETag(context.Request, query, null);
        if (etag.IsHeld(log.Cursor))
        {
            return new NotModifiedResult(etag.Of(log.Cursor));
        }

        var identifiers = query.GetValues(Identifier.Name)?.Select(text => IdentifierOf(text)!).ToList();
        var page = await groups.ListByIdentifierAsync(identifiers, request, cancellationToken);
        return PageResult.From(page, FieldSelection.From(query), etag.Of(log.Cursor), log.At);
    }

    private static async Task<IResult> ListCandidatesAsync(
        HttpContext context, PublishedDbContext published, OrganisationGroupQueries groups, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (!PageRequest.Read(context, query, Sorts, []).TryGet(out var request, out var problem))
        {
            return problem;
        }

        var log = await published.ChangeLogState.SingleAsync(cancellationToken);
        var etag = new ListETag(context.Request, query, null);
        if (etag.IsHeld(log.Cursor))
        {
            return new NotModifiedResult(etag.Of(log.Cursor));
        }

        var page = await groups.ListCandidatesAsync(request, cancellationToken);
        return PageResult.From(page, FieldSelection.From(query), etag.Of(log.Cursor), log.At);
    }

    private static OrganisationIdentifier? IdentifierOf(string text) =>
        text.Split(':', 2) is [var scheme, var value] && OrganisationGroupQueries.Schemes.Contains(scheme) && FormatOf(scheme).Fits(value)
            ? new OrganisationIdentifier(scheme, value)
            : null;

    private static TextFormat FormatOf(string scheme) => TextFormat.Of(scheme switch
    {
        "finess" => PatternKind.Finess,
        "rna" => PatternKind.Rna,
        "siren" => PatternKind.Siren,
        _ => PatternKind.Siret,
    });
}
