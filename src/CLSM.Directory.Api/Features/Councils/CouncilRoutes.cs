using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Features.CouncilParts;
using CLSM.Directory.Api.Idempotency;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Councils: <c>/v1/councils</c> and <c>/v1/councils/{council}</c>.</summary>
internal static class CouncilRoutes
{
    private static readonly SortField[] Sorts = [SortField.Code, SortField.Name, SortField.UpdatedAt];

    private static readonly IReadOnlyList<QueryParameter> Listed = [.. NationalFilters.Councils.Parameters, .. PageRequest.ParametersFor(ModelJsonContext.Instance.Council, Sorts), ExpandParameter.Parameter];

    public static void Map(IEndpointRouteBuilder v1, IEndpointRouteBuilder council)
    {
        v1.MapGet("/councils", ListAsync)
            .WithMetadata(new EndpointContract { Parameters = Listed })
            .WithName("listCouncils").WithTags("Councils")
            .WithSummary("List the councils of France")
            .WithDescription("Every council of the directory, page by page. `total` is exact; filters are combined by AND, several values of one by OR. With `expand`, each council has the named lists of its parts in it.")
            .Produces<Page<CouncilDocument>>();

        v1.MapPost($"/councils{PageRequest.Search}", ListAsync)
            .WithMetadata(new EndpointContract { BodyParameters = Listed })
            .WithName("searchCouncils").WithTags("Councils")
            .WithSummary("Ask for councils in a body")
            .WithDescription("The words of `GET /v1/councils`, as members of a JSON object: for lists too long for an address, such as thousands of communes. Same answers, same cursors; it writes nothing and needs no key.")
            .Produces<Page<CouncilDocument>>();

        v1.MapPost("/councils", CreateAsync)
            .WithMetadata(new EndpointContract(RequiredScope.Administrator)).WithIdempotency()
            .WithName("createCouncil").WithTags("Councils")
            .WithSummary("Create a council")
            .WithDescription("Creates a tenant. Only administrators may. Its parts are added one by one, or all at once with `PUT …/document`.")
            .Accepts<Council>(MediaTypes.Json)
            .Produces<Council>(StatusCodes.Status201Created);

        council.MapGet("", GetAsync)
            .WithMetadata(new EndpointContract { Parameters = [FieldSelection.ParameterFor(ModelJsonContext.Instance.Council), EvidenceParameter.Parameter, ExpandParameter.Parameter] })
            .WithName("getCouncil").WithTags("Councils")
            .WithSummary("Read one council")
            .WithDescription("The council itself, and those lists of its parts that `expand` names. A renamed council redirects (301), a merged one leads to its successor (308), a removed one answers 410 with the reason.")
            .Produces<CouncilDocument>();

        council.MapPatch("", PatchAsync)
            .WithMetadata(new EndpointContract(RequiredScope.Council))
            .WithName("changeCouncil").WithTags("Councils")
            .WithSummary("Change some members of a council")
            .WithDescription("JSON Merge Patch (RFC 7396): members that are given replace the present ones, `null` takes a member away, lists are replaced whole. The evidence of a changed member goes with its former value, unless the patch states it. "
                + "Only administrators may change `code`; the former code then redirects for ever.")
            .Accepts<Council>(MediaTypes.MergePatch)
            .Produces<Council>();

        council.MapDelete("", RemoveAsync)
            .WithMetadata(new EndpointContract(RequiredScope.Administrator) { Parameters = [PartRoutes.RemovalReason] })
            .WithName("removeCouncil").WithTags("Councils")
            .WithSummary("Remove a council")
            .WithDescription("Removes a council with everything in it, for ever. A council that has closed or merged is not removed: its `status` says so. Only administrators may.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, ReadAccess reading, FilterResolver resolver, DocumentQueries documents, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (!(await resolver.ResolveAsync(query, cancellationToken)).TryGet(out var filters, out var problem)
            || !PageRequest.Read(context, query, Sorts, NationalFilters.Councils.Parameters).TryGet(out var request, out problem))
        {
            return problem;
        }

        var database = reading.National().Database;
        var version = database.ChangeLogState.Select(log => log.Cursor);
        var etag = new ListETag(context.Request, query, null);
        if (await etag.FindHeldAsync(version, cancellationToken) is { } held)
        {
            return new NotModifiedResult(held);
        }

        var expand = ExpandParameter.Of(query);
        var found = await NationalFilters.Councils.Apply(database.Councils, filters)
            .ToPageAsync(request, version, documents.TypesOf(expand), cancellationToken);
        return PageResult.From(
            found.Page.Select(documents.DocumentOf), FieldSelection.From(query, expand), etag.Of(found.Version), found.UpdatedAt);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, ReadAccess reading, TenantContext tenant, DocumentQueries documents, CancellationToken cancellationToken)
    {
        var source = reading.OfCouncil(tenant.Current);
        var members = ExpandParameter.Of(ParsedQuery.Of(context));
        var council = await documents.ReadAsync(source.Database, tenant.Current.Id, members, cancellationToken);
        return council switch
        {
            null => ApiProblem.NotFound(tenant.Current.Identifier),
            { Status: "merged", Successors: [var successor, ..] } => Successor(context, successor),
            _ => new JsonResult<CouncilDocument>(
                Shown(council, ParsedQuery.Of(context)),
                ETags.ForVersion(council.Version!.Value, source.IsPublic && members.Count > 0),
                council.UpdatedAt)
            {
                Fields = FieldSelection.From(ParsedQuery.Of(context), members),
            },
        };
    }

    private static CouncilDocument Shown(CouncilDocument council, ParsedQuery query) =>
        EvidenceParameter.IsGiven(query) ? council with { Evidence = EvidenceCompleter.Complete(council, ModelJsonContext.Instance.Council, council.Evidence) } : council;

    private static async Task<IResult> CreateAsync(
        HttpContext context, DocumentWriter writer, CouncilTransactions transactions, TenantContext tenant, CancellationToken cancellationToken)
    {
        if (!(await JsonBodyReader.ReadAsync(context.Request, MediaTypes.Json, cancellationToken)).TryGet(out var body, out var unreadable))
        {
            return unreadable;
        }

        if (!Check(body, null).TryGet(out var council, out var invalid))
        {
            return invalid;
        }

        // A new council refers to no organisation yet: it has none.
        var document = new CouncilDocument(council!);
        if (await writer.CheckAsync(document, null, DocumentWriteOptions.None.Alongside, cancellationToken) is { Count: > 0 } unknown)
        {
            return ApiProblem.InvalidContent(unknown);
        }

        tenant.Enter(DocumentWriter.NewTenant(document));
        return await transactions.RunAsync(new() { Participant = IdempotentWrite.Of(context) }, CreateInAsync, cancellationToken);

        async Task<IResult> CreateInAsync(CouncilTransaction transaction)
        {
            var (_, problem) = await writer.CreateAsync(transaction, document, cancellationToken);
            if (problem is not null)
            {
                return problem;
            }

            await transaction.SaveAsync(cancellationToken);
            var row = transaction.Council!;
            var created = new JsonResult<Council>(row.ToCouncil(), ETags.ForVersion(row.Version), row.UpdatedAt)
            {
                Status = StatusCodes.Status201Created,
                Location = $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{row.Code}",
                ResourceId = row.Id,
            };
            await transaction.CommitAsync(created, cancellationToken);
            return created;
        }
    }

    private static async Task<IResult> PatchAsync(HttpContext context, CouncilTransactions transactions, CouncilPatcher patcher, CancellationToken cancellationToken)
    {
        if (!IfMatch.Read(context.Request).TryGet(out var precondition, out var missing))
        {
            return missing;
        }

        var read = await JsonBodyReader.ReadAsync(context.Request, MediaTypes.MergePatch, cancellationToken);
        if (!read.TryGet(out var patch, out var unreadable))
        {
            return unreadable;
        }

        return await transactions.RunAsync(
            CouncilTransactionOptions.None,
            transaction => patcher.ApplyAsync(transaction, precondition, patch, context.User.IsAdministrator(), cancellationToken),
            cancellationToken);
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context, CouncilTransactions transactions, CouncilDbContext database, TenantContext tenant, CancellationToken cancellationToken)
    {
        if (!IfMatch.Read(context.Request).TryGet(out var precondition, out var missing))
        {
            return missing;
        }

        var reason = ParsedQuery.Of(context).GetValue(PartRoutes.RemovalReason.Name);
        return await transactions.RunAsync(new() { RemovalReason = reason }, RemoveInAsync, cancellationToken);

        async Task<IResult> RemoveInAsync(CouncilTransaction transaction)
        {
            if (transaction.Council is not { } row)
            {
                return ApiProblem.NotFound(tenant.Current.Identifier);
            }

            if (precondition.Check(row.Version) is { } stale)
            {
                return stale;
            }

            database.Remove(row);
            await transaction.CommitAsync(cancellationToken);
            return TypedResults.NoContent();
        }
    }

    /// <summary>The council that a body contains, or everything that is wrong with it.</summary>
    public static Result<Council> Check(JsonElement body, CouncilRow? present)
    {
        var shape = JsonShapeValidator.Validate(body, ModelJsonContext.Instance.Council);
        if (shape.Errors.Count > 0)
        {
            return ApiProblem.InvalidContent(shape.Errors);
        }

        var council = JsonSerializer.Deserialize(body, ModelJsonContext.Instance.Council)!;
        List<ValidationError> errors = [.. CouncilDocumentValidator.CheckCouncil(council), .. ReadOnlyErrors(council, present)];
        if (present is null)
        {
            errors.AddRange(new OrganisationIndex([]).Check(body, shape.References));
        }

        return errors.Count == 0 ? council : ApiProblem.InvalidContent(errors);
    }

    private static IEnumerable<ValidationError> ReadOnlyErrors(Council council, CouncilRow? present)
    {
        (string Name, bool IsKept)[] members =
        [
            ("id", council.Id is null || council.Id == present?.Id),
            ("version", council.Version is null || council.Version == present?.Version),
            ("createdAt", council.CreatedAt is null || council.CreatedAt == present?.CreatedAt),
            ("updatedAt", council.UpdatedAt is null || council.UpdatedAt == present?.UpdatedAt),
        ];
        return members.Where(member => !member.IsKept).Select(member => new ValidationError("read-only", [member.Name]) { Pointer = $"/{member.Name}" });
    }

    /// <summary>A merged council leads to the first of its successors; all of them are in Link. Its document stays readable.</summary>
    private static IResult Successor(HttpContext context, string successor)
    {
        var target = CouncilResolver.PathFor(context.Request, successor);
        context.Response.Headers.Link = $"<{target}>; rel=\"successor-version\"";
        return TypedResults.Redirect($"{target}{context.Request.QueryString}", permanent: true, preserveMethod: true);
    }
}
