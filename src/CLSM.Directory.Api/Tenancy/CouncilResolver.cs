using CLSM.Directory.Api.Web.Problems;

namespace CLSM.Directory.Api.Tenancy;

/// <summary>Finds the council of a code and makes it the tenant of the unit of work.</summary>
internal sealed class CouncilResolver(ITenantStore store, TenantContext tenant, ReadOptions reads)
{
    /// <summary>Name of the route value that holds the code of the council.</summary>
    public const string RouteValue = "council";

    private const int CouncilSegment = 3;

    /// <summary>Enters the council of a code if there is one; the result says what was found.</summary>
    public async Task<TenantLookup> EnterAsync(string code, CancellationToken cancellationToken)
    {
        var lookup = await store.FindAsync(code, cancellationToken);
        if (lookup is TenantLookup.Found { Tenant: var council })
        {
            Enter(council);
        }

        return lookup;
    }

    /// <summary>Enters a council that was found by another way than its code.</summary>
    public void Enter(TenantInfo council)
    {
        reads.IncludeNamed(council.Identifier);
        tenant.Enter(council);
    }

    /// <summary>The response for a code without a council: 301 or 308, 404, 410; null if there is one.</summary>
    public static IResult? Refuse(HttpRequest request, string code, TenantLookup lookup) => lookup switch
    {
        TenantLookup.Found => null,
        TenantLookup.Renamed renamed => Redirect(request, renamed.Identifier),
        TenantLookup.Removed removed => new ApiProblem(StatusCodes.Status410Gone, "removed", code, removed.Reason ?? "—"),
        _ => ApiProblem.NotFound(code),
    };

    /// <summary>The path of the request with another council in it: <c>/v1/councils/{council}/…</c>.</summary>
    public static string PathFor(HttpRequest request, string council)
    {
        var segments = request.Path.Value!.TrimEnd('/').Split('/');
        segments[CouncilSegment] = council;
        return request.PathBase + string.Join('/', segments);
    }

    /// <summary>A renamed council: 301 for reads, 308 for writes, which must keep their method.</summary>
    private static IResult Redirect(HttpRequest request, string present) =>
        TypedResults.Redirect(
            $"{PathFor(request, present)}{request.QueryString}", permanent: true, preserveMethod: !HttpMethods.IsGet(request.Method));
}
