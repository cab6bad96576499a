using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>The whole council as one document: <c>/v1/councils/{council}/document</c>.</summary>
internal static class DocumentRoutes
{
    public static void Map(IEndpointRouteBuilder council)
    {
        council.MapGet("/document", ReadAsync)
            .WithMetadata(new EndpointContract())
            .WithName("getCouncilDocument").WithTags("Councils")
            .WithSummary("Read a whole council as one document")
            .WithDescription("The council with its governance bodies, working groups, organisations, contacts and events: the format of export and import. "
                + "Send it back with `PUT`, changed or not. Without a key of the council, restricted contacts are not in it, and its ETag says so (`-public`).")
            .Produces<CouncilDocument>();

        council.MapPut("/document", ReplaceAsync)
            .WithMetadata(new EndpointContract(RequiredScope.Council) { CreatesCouncil = true })
            .WithName("replaceCouncilDocument").WithTags("Councils")
            .WithSummary("Replace a whole council by a document")
            .WithDescription("Makes the council what the document says, all of it or nothing of it, and writes only what differs: sent back unchanged, a document changes nothing. "
                + "Parts are recognised by `id`, or by type and name where the document gives no id; parts that are not in the document are removed. "
                + "A document read without a key leaves restricted contacts as they are. An administrator may create a council in this way; then `If-Match` is not needed.")
            .Accepts<CouncilDocument>(MediaTypes.Json)
            .Produces<CouncilDocument>()
            .Produces<CouncilDocument>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ReadAsync(ReadAccess reading, TenantContext tenant, DocumentQueries documents, CancellationToken cancellationToken)
    {
        var source = reading.OfCouncil(tenant.Current);
        var document = await documents.ReadAsync(source.Database, tenant.Current.Id, cancellationToken);
        return document is null ? ApiProblem.NotFound(tenant.Current.Identifier) : Answer(document, source.ETagSuffix);
    }

    private static async Task<IResult> ReplaceAsync(
        HttpContext context,
        string council,
        DocumentWriter writer,
        CouncilDocumentValidator check,
        DocumentQueries documents,
        CouncilDbContext database,
        TenantContext tenant,
        CancellationToken cancellationToken)
    {
        TenantLookup lookup = tenant.IsEntered ? new TenantLookup.Found(tenant.Current, IsMerged: false) : new TenantLookup.Unknown();
        var read = tenant.IsEntered ? IfMatch.Read(context.Request) : NothingToMatch(context.Request, council);
        if (!read.TryGet(out var precondition, out var problem))
        {
            return problem;
        }

        if (!(await BodyAsync(context, check, cancellationToken)).TryGet(out var document, out var invalid))
        {
            return invalid;
        }

        var isNew = lookup is TenantLookup.Unknown;
        if (isNew && document!.Code != council)
        {
            return ApiProblem.InvalidContent([new ValidationError("code-mismatch", [document.Code, council]) { Pointer = "/code", Value = document.Code, Closest = council }]);
        }

        var (outcome, refused) = await writer.WriteAsync(lookup, document!, precondition, DocumentWriteOptions.None, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        var stored = await documents.ReadAsync(database, outcome!.Council, cancellationToken);
        return new JsonResult<CouncilDocument>(stored!, ETags.ForVersion(stored!.Version!.Value), stored.UpdatedAt)
        {
            Status = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            Location = isNew ? context.Request.Path : null,
        };
    }

    /// <summary>A council that does not exist yet has no version to match.</summary>
    private static Result<IfMatch> NothingToMatch(HttpRequest request, string council) => request.Headers.IfMatch.Count > 0
        ? new ApiProblem(StatusCodes.Status412PreconditionFailed, "nothing-to-match", council)
        : new IfMatch(false, []);

    private static async Task<Result<CouncilDocument>> BodyAsync(
        HttpContext context, CouncilDocumentValidator check, CancellationToken cancellationToken)
    {
        var read = await JsonBodyReader.ReadAsync(context.Request, MediaTypes.Json, cancellationToken);
        return read.TryGet(out var body, out var problem) ? check.Read(body) : problem;
    }

    private static JsonResult<CouncilDocument> Answer(CouncilDocument document, string mark) =>
        new(document, $"\"{document.Version}{mark}\"", document.UpdatedAt);
}
