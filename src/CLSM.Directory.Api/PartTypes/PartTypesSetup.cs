using CLSM.Directory.Api.Database.Contexts;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>Registers the kinds of parts: one line a kind.</summary>
internal static class PartTypesSetup
{
    public static IServiceCollection AddPartTypes(this IServiceCollection services) => services
        .AddPartType<GovernanceBodyType>()
        .AddPartType<WorkingGroupType>()
        .AddPartType<OrganisationType>()
        .AddPartType<ContactType>()
        .AddPartType<EventType>();

    /// <summary>Adds one kind: its table, its JSON, its endpoints, its filters and its export follow from the definition.</summary>
    public static IServiceCollection AddPartType<T>(this IServiceCollection services)
        where T : PartType
    {
        services.AddSingleton<T>();
        services.AddSingleton<PartType>(provider => provider.GetRequiredService<T>());
        services.AddSingleton<IPartTable>(provider => provider.GetRequiredService<T>());
        services.AddOptions<JsonOptions>().Configure<T>(AddMetadata);
        services.TryAddSingleton<PartTypeCatalogue>();
        services.TryAddSingleton<PartTables>();
        return services;
    }

    private static void AddMetadata(JsonOptions json, PartType type)
    {
        var chain = json.SerializerOptions.TypeInfoResolverChain;
        if (type.Record.OriginatingResolver is { } resolver && !chain.Contains(resolver))
        {
            chain.Add(resolver);
        }
    }
}
