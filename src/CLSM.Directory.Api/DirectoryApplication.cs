using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.ApiKeys;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.Features.CouncilParts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Features.Coverage;
using CLSM.Directory.Api.Features.DataProtection;
using CLSM.Directory.Api.Features.Embedding;
using CLSM.Directory.Api.Features.Exports;
using CLSM.Directory.Api.Features.Guides;
using CLSM.Directory.Api.Features.Health;
using CLSM.Directory.Api.Features.History;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Api.Features.OrganisationGroups;
using CLSM.Directory.Api.Features.Quality;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Features.Search;
using CLSM.Directory.Api.Features.Statistics;
using CLSM.Directory.Api.Features.Territories;
using CLSM.Directory.Api.Features.Vocabularies;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Idempotency;
using CLSM.Directory.Api.OpenApi;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.RateLimiting;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.StaleResponses;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web;
using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api;

/// <summary>The table of contents: what the service is made of, floor by floor and feature by feature.</summary>
internal static class DirectoryApplication
{
    private static readonly ServiceProviderOptions Validation = new() { ValidateScopes = true, ValidateOnBuild = true };

    /// <exception cref="InvalidOperationException">A setting is wrong: see <see cref="SettingsRegistration.IsWrongSetting"/>.</exception>
    public static WebApplication Build(DirectoryDatabase database, string[] arguments, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        builder.Host.UseServiceProviderFactory(new DefaultServiceProviderFactory(Validation));
        FilterLogs(builder.Logging);
        builder.WebHost.LimitRequests();
        AddServices(builder.Services, database);
        builder.Services.AddOpenApiContract();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.Services.ValidateSettings();
        app.UseDirectoryPipeline();
        MapFeatures(app);
        return app;
    }

    /// <summary>The same services without endpoints, for the commands that work on the database.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong: see <see cref="SettingsRegistration.IsWrongSetting"/>.</exception>
    public static IHost BuildForCommand(DirectoryDatabase database, Action<IHostApplicationBuilder>? adjust = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.ConfigureContainer(new DefaultServiceProviderFactory(Validation));
        FilterLogs(builder.Logging);
        AddServices(builder.Services, database);
        adjust?.Invoke(builder);
        var host = builder.Build();
        host.Services.ValidateSettings();
        return host;
    }

    private static void FilterLogs(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);

    private static void AddServices(IServiceCollection services, DirectoryDatabase database)
    {
        // The exception handler of the database comes before that of the web, which takes every exception.
        services
            .AddDatabase(database).AddTenancy().AddSecurity().AddWeb()
            .AddIdempotency().AddRateLimiting().AddPartTypes().AddGeography().AddQueries();
        services
            .AddCouncils().AddCouncilParts().AddExports().AddCoverage().AddStatistics().AddChanges().AddSearch().AddImports()
            .AddHistory().AddSandbox().AddDataProtectionFeature().AddApiKeys().AddOrganisationGroups().AddEmbedding();

        // After the change feed: a change wakes those who wait for it before the cache asks the database what has changed.
        services.AddStaleResponses();
    }

    private static void MapFeatures(WebApplication app)
    {
        app.MapHealth();
        app.MapOpenApiContract();
        var v1 = app.MapApi("/v1");
        var council = v1.MapCouncilGroup();
        v1.MapCouncils(council);
        council.MapHistory();
        council.MapQuality();
        v1.MapCouncilParts(council);
        v1.MapChanges();
        v1.MapExports();
        v1.MapSearch();
        v1.MapTerritories();
        v1.MapCoverage();
        v1.MapStatistics();
        v1.MapOrganisationGroups();
        v1.MapImports();
        v1.MapVocabularies();
        app.MapEmbedding(app.MapApi("/oembed"));
        app.MapGuides();
        v1.MapDataProtection();
        v1.MapApiKeys();
    }
}
