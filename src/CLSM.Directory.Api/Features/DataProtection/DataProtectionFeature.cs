using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.CouncilParts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Web.Json;
using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>
/// Objections of persons, and what is held of them: <c>/v1/contacts/{id}/objection</c> and <c>/v1/contacts/{id}/processing</c>.
/// </summary>
internal static class DataProtectionFeature
{
    /// <summary>Not <c>AddDataProtection</c>: ASP.NET Core has a method of that name, which encrypts cookies.</summary>
    public static IServiceCollection AddDataProtectionFeature(this IServiceCollection services)
    {
        services.AddSettings<ObjectionOptions>();
        services.AddSingleton<ObjectionKey>();
        services.AddScoped<ObjectionQueries>();
        services.AddScoped<ObjectionRegistry>();
        services.AddScoped<ICouncilWriteRule>(provider => provider.GetRequiredService<ObjectionRegistry>());
        services.AddScoped<IImportFilter>(provider => provider.GetRequiredService<ObjectionRegistry>());
        services.AddScoped<ObjectionWriter>();
        services.AddScoped<IPartRemovalHandler, ObjectionRemovalHandler>();
        services.AddSingleton<CompactionService>();
        services.AddHostedService(provider => provider.GetRequiredService<CompactionService>());
        return services.AddJsonContext(DataProtectionJsonContext.Instance);
    }

    public static void MapDataProtection(this IEndpointRouteBuilder v1)
    {
        ObjectionRoutes.Map(v1);
        ProcessingRoutes.Map(v1);
    }
}
