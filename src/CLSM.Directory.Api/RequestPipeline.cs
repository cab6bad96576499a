using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.RateLimiting;
using CLSM.Directory.Api.Security.Authorization;
using CLSM.Directory.Api.StaleResponses;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Pipeline;

namespace CLSM.Directory.Api;

/// <summary>What a request passes before it comes to its endpoint, in this order.</summary>
internal static class RequestPipeline
{
    public static void UseDirectoryPipeline(this WebApplication app)
    {
        app.Use(SecurityHeaders.AddAsync);
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(ProblemExceptionHandler.DescribeStatusAsync);
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/v1/exports", StringComparison.Ordinal),
            exports => exports.UseResponseCompression());
        app.UseHeaderLimits();
        app.Use(HeadRequestMiddleware.InvokeAsync);

        // Routes are chosen after HEAD has become GET.
        app.UseRouting();
        app.UseCors();

        // Said here, or the framework puts it before everything, where a database that is away has nobody to explain it.
        app.UseAuthentication();
        app.UseCallerLimits();
        app.UseStaleResponses();
    }

    /// <summary>A group of endpoints with the checks of every endpoint; their order is the order in which a request is refused.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app, string prefix) => app.MapGroup(prefix)
        .AddEndpointFilter<DeprecationFilter>()
        .AddEndpointFilter<ContentNegotiationFilter>()
        .AddEndpointFilter<AuthenticationFilter>()
        .AddEndpointFilter<QueryValidationFilter>()
        .AddEndpointFilter<SandboxVisibilityFilter>();

    /// <summary>The endpoints of one council: which one it is, and whether the caller may write there.</summary>
    public static RouteGroupBuilder MapCouncilGroup(this RouteGroupBuilder v1) => v1.MapGroup("/councils/{council}")
        .AddEndpointFilter<CouncilResolutionFilter>()
        .AddEndpointFilter<CouncilScopeFilter>();
}
