using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Quality;

namespace CLSM.Directory.Api.Features.Quality;

/// <summary>Quality, explained: <c>/v1/councils/{council}/quality</c>.</summary>
internal static class QualityRoutes
{
    public static void Map(IEndpointRouteBuilder council) =>
        council.MapGet("/quality", ReadAsync)
            .WithMetadata(new EndpointContract())
            .WithName("getCouncilQuality").WithTags("Councils")
            .WithSummary("Read what is missing in a council, and what to do about it")
            .WithDescription("A list of criteria, each met or not, with an advice where it is not. The score is the number of criteria that are met, and nothing else.")
            .Produces<QualityReport>();

    private static async Task<IResult> ReadAsync(ReadAccess reading, TenantContext tenant, DocumentQueries documents, TimeProvider time, CancellationToken cancellationToken)
    {
        var source = reading.OfCouncil(tenant.Current);
        var document = await documents.ReadAsync(source.Database, tenant.Current.Id, cancellationToken);
        if (document is null)
        {
            return ApiProblem.NotFound(tenant.Current.Identifier);
        }

        var report = QualityCriteria.Of(document, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        return new JsonResult<QualityReport>(report, $"\"{document.Version}-{report.AsOf:yyyyMMdd}{(source.IsPublic ? ETags.PublicView : "")}\"", document.UpdatedAt);
    }
}
