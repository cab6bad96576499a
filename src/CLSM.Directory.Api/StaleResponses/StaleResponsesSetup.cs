using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>Registers the cache of responses for the time of an outage, and puts it into the request pipeline.</summary>
internal static class StaleResponsesSetup
{
    public static IServiceCollection AddStaleResponses(this IServiceCollection services)
    {
        services.AddSettings<StaleResponseOptions>();
        services.AddSingleton<ChangedCouncilQueries>();
        services.AddSingleton<ChangedCouncilReader>();
        services.AddSingleton<StaleResponseCache>();
        return services.AddSingleton<INotificationSubscriber>(provider => provider.GetRequiredService<StaleResponseCache>());
    }

    /// <summary>Runs after authentication.</summary>
    public static void UseStaleResponses(this WebApplication app) => app.UseMiddleware<StaleResponseMiddleware>();
}
