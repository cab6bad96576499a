using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Json;
using CLSM.Directory.Api.Web.Settings;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>The change feed: <c>/v1/changes</c>.</summary>
internal static class ChangesFeature
{
    public static IServiceCollection AddChanges(this IServiceCollection services)
    {
        services.AddSettings<ChangeOptions>();
        services.AddSingleton<ChangeSignals>();
        services.AddSingleton<INotificationSubscriber>(provider => provider.GetRequiredService<ChangeSignals>().WithoutSandbox);
        services.AddSingleton<INotificationSubscriber>(provider => provider.GetRequiredService<ChangeSignals>().WithSandbox);
        services.AddSingleton<ChangeCursor>();
        services.AddSingleton<ChangeQueries>();
        services.AddScoped<ChangeFeed>();
        services.AddSingleton(provider => new ChangeFeedLimiter(provider.GetRequiredService<IOptions<ChangeOptions>>().Value.MaxWaiting));
        return services.AddJsonContext(ChangesJsonContext.Instance);
    }

    public static void MapChanges(this IEndpointRouteBuilder v1) => ChangeRoutes.Map(v1);
}
