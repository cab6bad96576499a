using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>Registers the connection pools, the three contexts, transactions and what listens to the database.</summary>
internal static class DatabaseSetup
{
    public static IServiceCollection AddDatabase(this IServiceCollection services, DirectoryDatabase database)
    {
        services.AddSingleton(database);
        services.AddKeyedSingleton(DataSources.Service, (_, _) => Pool(database.Service));
        services.AddKeyedSingleton(DataSources.Reader, (_, _) => Pool(database.Reader));
        services.AddScoped<TenantConnectionInterceptor>();
        services.AddScoped<SandboxVisibilityInterceptor>();
        services.AddSingleton<RegionInterceptor>();

        // Features add rules for what is saved by registering an ISaveChangesInterceptor.
        services.AddDbContext<CouncilDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>(DataSources.Service))
            .AddInterceptors(provider.GetRequiredService<TenantConnectionInterceptor>())
            .AddInterceptors(provider.GetServices<ISaveChangesInterceptor>()));
        services.AddDbContext<PublishedDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>(DataSources.Reader))
            .AddInterceptors(provider.GetRequiredService<SandboxVisibilityInterceptor>()));
        services.AddDbContext<PartnerDbContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>(DataSources.Service))
            .AddInterceptors(provider.GetRequiredService<RegionInterceptor>())
            .AddInterceptors(provider.GetRequiredService<SandboxVisibilityInterceptor>()));
        services.AddScoped<ReadAccess>();
        services.AddScoped<ITenantStore, CouncilCodeStore>();
        services.AddScoped<CouncilTransactions>();
        services.AddScoped<TransactionRetry>();

        services.AddSingleton<DatabaseNotifications>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseNotifications>());
        return services.AddExceptionHandler<DatabaseExceptionHandler>();
    }

    /// <summary>Both pools together stay below PostgreSQL's usual 100 connections; requests beyond them wait for their turn.</summary>
    private static NpgsqlDataSource Pool(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ContainsKey("Maximum Pool Size"))
        {
            builder.MaxPoolSize = 40;
        }

        if (!builder.ContainsKey("Timeout"))
        {
            // Seconds until a server that does not answer, or a pool without a free connection, is given up.
            builder.Timeout = 5;
        }

        return NpgsqlDataSource.Create(builder);
    }
}
