using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Json;
using CLSM.Directory.Api.Web.Pipeline;

namespace CLSM.Directory.Api.Web;

/// <summary>Registers what every endpoint needs: problems, JSON, CORS, the changelog of the API and the clock.</summary>
internal static class WebSetup
{
    /// <summary>Comes after the floors that handle exceptions of their own: the handler of the web takes every exception.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(ApiChangelog.Load())
        .AddExceptionHandler<ProblemExceptionHandler>()
        .AddReadsFromOtherSites()
        .AddJson();
}
