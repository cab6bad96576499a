using System.Globalization;
using System.Text.Json;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.History;

/// <summary>The history of a council: <c>/v1/councils/{council}/history</c>.</summary>
internal static class HistoryRoutes
{
    private static readonly SortField[] Sorts = [SortField.Version];

    private static readonly TextParameter At = new(
        "at", 40, "A version of the council, such as `3`, or an instant (UTC): the document as it was then, in place of the list. It takes no other parameter.")
    {
        Pattern = "^([0-9]{1,9}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+))?)$",
        Rule = text => VersionOf(text) is null && InstantParameter.InstantOf(text) is null ? new ValidationError("not-a-moment", [text]) { Value = text } : null,
    };

    public static void Map(IEndpointRouteBuilder council) =>
        council.MapGet("/history", ReadAsync)
            .WithMetadata(new EndpointContract(RequiredScope.Council) { Parameters = [At, .. PageRequest.ParametersFor(HistoryJsonContext.Instance.HistoryEntry, Sorts)] })
            .WithName(HistoryExamples.Operation).WithTags("Councils")
            .WithSummary("Read the history of a council")
            .WithDescription(
                "Everything that was ever written in the council, one entry for each thing that changed, in the order in which it was written (`sort=-version`: the last first): who, when, from which request, "
                + "and the thing before and after. With `at`, the council's document as it was at a version or at an instant, under its present code: send it back with `PUT …/document` and the ETag of the present document to restore it. "
                + "Only the council itself and administrators may: a history also holds what is restricted, and what was public once. Values of a person who objected are in it no more.")
            .Produces<Page<HistoryEntry>>();

    private static async Task<IResult> ReadAsync(
        HttpContext context, CouncilDbContext database, TenantContext tenant, DocumentQueries documents, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (query.GetValue(At.Name) is { } moment)
        {
            return context.Request.Query.Keys.FirstOrDefault(name => name != At.Name) is { } other
                ? ApiProblem.BadParameters([new ValidationError("not-together", [other, At.Name]) { Parameter = other }])
                : await ReadAtAsync(moment, database, tenant, documents, cancellationToken);
        }

        if (!PageRequest.Read(context, query, Sorts, []).TryGet(out var request, out var problem))
        {
            return problem;
        }

        var page = await HistoryQueries.ListAsync(database, tenant.Current.Id, request, cancellationToken);

        // By its content: an objection changes entries that were written long ago.
        var content = string.Join('\n', page.Items.Select(entry => JsonSerializer.Serialize(entry, HistoryJsonContext.Instance.HistoryEntry)));
        var etag = ETags.ForContent(page.Information.Total.ToString(CultureInfo.InvariantCulture), content + context.Request.QueryString);
        return ETags.Matches(context.Request, etag)
            ? new NotModifiedResult(etag)
            : PageResult.From(
                page, FieldSelection.From(query), etag, page.Items.Count == 0 ? null : page.Items.Max(entry => entry.ErasedAt ?? entry.At));
    }

    private static async Task<IResult> ReadAtAsync(
        string moment, CouncilDbContext database, TenantContext tenant, DocumentQueries documents, CancellationToken cancellationToken)
    {
        var version = VersionOf(moment);
        var document = await HistoryQueries.ReadAtAsync(database, documents, tenant.Current.Id, version, version is null ? InstantParameter.InstantOf(moment) : null, cancellationToken);

        // No tag that a write could take for the present version's.
        return document is null
            ? ApiProblem.NotFound($"{tenant.Current.Identifier}@{moment}")
            : new JsonResult<CouncilDocument>(document, ETags.ForContent($"{document.Version}", $"{JsonSerializer.Serialize(document, ModelJsonContext.Instance.CouncilDocument)}"), document.UpdatedAt);
    }

    private static int? VersionOf(string text) =>
        text.Length <= 9 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : null;
}
