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
using CLSM.Directory.Api.Security.Authorization;
using CLSM.Directory.Api.StaleResponses;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Json;
using CLSM.Directory.Api.Web.Pipeline;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Settings;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api;

/// <summary>The service, composed: what it is made of, and the way of a request through it.</summary>
internal static class DirectoryApplication
{
    /// <summary>A megabyte of text, percent-encoded.</summary>
    private const int MaxRequestLineLength = 4 * 1024 * 1024;

    private static readonly ServiceProviderOptions Validation = new() { ValidateScopes = true, ValidateOnBuild = true };

    /// <exception cref="InvalidOperationException">A setting is wrong: see <see cref="SettingsRegistration.IsWrongSetting"/>.</exception>
    public static WebApplication Build(DirectoryDatabase database, string[] arguments, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        builder.Host.UseServiceProviderFactory(new DefaultServiceProviderFactory(Validation));
        FilterLogs(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Larger than what is accepted, so that a refused body can be read to its end and its sender hears the refusal.
            kestrel.Limits.MaxRequestBodySize = 8L * JsonBodyReader.MaxBytes;
            // So that a question that is far too long hears so, by the name of its parameter, and not by a connection that breaks.
            kestrel.Limits.MaxRequestBufferSize = 4 * MaxRequestLineLength;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineLength;
            HeaderLimits.Set(kestrel.Limits);
        });
        AddServices(builder.Services, database);
        AddWeb(builder.Services);
        adjust?.Invoke(builder);

        var service = builder.Build();
        service.Services.ValidateSettings();
        MapRequests(service);
        return service;
    }

    /// <summary>The same services without the web, for the commands that work on the database.</summary>
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

    private static void FilterLogs(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
    }

    private static void AddServices(IServiceCollection services, DirectoryDatabase database)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddDatabase(database).AddTenancy().AddSecurity();
        services.AddLimits();
        services.AddSandbox();
        services.AddSingleton<TerritoryNameIndex>();
        services.AddSingleton<TerritoryNameProvider>();
        services.AddScoped<TerritoryQueries>();
        services.AddScoped<TerritoryValidator>();
        services.AddScoped<FilterResolver>();
        services.AddScoped<CoverageQueries>();
        services.AddScoped<OrganisationGroupQueries>();
        services.AddScoped<StatisticsQueries>();
        services.AddScoped<SuccessionValidator>();
        services.AddExports();
        services.AddScoped<SearchQueries>();
        services.AddScoped<PlaceLookup>();
        services.AddSingleton<IdempotencyStore>();
        services.AddScoped<CouncilTransactions>();
        services.AddScoped<TransactionRetry>();
        services.AddScoped<CouncilPatcher>();
        services.AddScoped<SheetImporter>();
        services.AddSingleton<DocumentImport>();
        services.AddSingleton<Seeds>();
        services.AddDataProtectionFeature();
        services.AddSingleton<CouncilDocumentValidator>();
        services.AddSingleton<DocumentQueries>();
        services.AddScoped<DocumentWriter>();
        services.AddPartTypes();
        services.AddScoped<PartWriter>();
        services.AddScoped(typeof(PartReader<,>));

        services.AddSingleton<ChangeSignals>();
        services.AddSingleton<INotificationSubscriber>(provider => provider.GetRequiredService<ChangeSignals>().WithoutSandbox);
        services.AddSingleton<INotificationSubscriber>(provider => provider.GetRequiredService<ChangeSignals>().WithSandbox);
        services.AddStaleResponses();
        services.AddSingleton<IStaleBodyDecorator, StaleNotice>();
        services.AddSingleton<ChangeCursor>();
        services.AddSingleton<ChangeQueries>();
        services.AddScoped<ChangeFeed>();
        services.AddSettings<ChangeOptions>();
        services.AddSingleton(provider => new ChangeFeedLimiter(provider.GetRequiredService<IOptions<ChangeOptions>>().Value.MaxWaiting));
    }

    private static void AddWeb(IServiceCollection services)
    {
        services.AddExceptionHandler<DatabaseExceptionHandler>();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .AllowAnyOrigin()
            .WithMethods("GET", "HEAD")
            .WithHeaders("Accept", "Accept-Language", "If-None-Match", "Last-Event-ID")
            .WithExposedHeaders("ETag", "Link", "Last-Modified", "Retry-After", "Age", "Warning", CachedResponse.CacheStatus, "RateLimit", "RateLimit-Policy", "Content-Disposition", ExportRoutes.CursorHeader)));
        services.AddJson()
            .AddJsonContext(CouncilsJsonContext.Instance)
            .AddJsonContext(ExportsJsonContext.Instance)
            .AddJsonContext(GeographyJsonContext.Instance)
            .AddJsonContext(CoverageJsonContext.Instance)
            .AddJsonContext(StatisticsJsonContext.Instance)
            .AddJsonContext(ChangesJsonContext.Instance)
            .AddJsonContext(SearchJsonContext.Instance)
            .AddJsonContext(ImportsJsonContext.Instance)
            .AddJsonContext(HistoryJsonContext.Instance)
            .AddJsonContext(DataProtectionJsonContext.Instance)
            .AddJsonContext(ApiKeysJsonContext.Instance)
            .AddJsonContext(OrganisationGroupsJsonContext.Instance)
            .AddJsonContext(EmbeddingJsonContext.Instance);
        services.AddSingleton(ApiChangelog.Load());
        services.AddContract();
    }

    private static void MapRequests(WebApplication service)
    {
        service.Use(SecurityHeaders.AddAsync);
        service.UseExceptionHandler(_ => { });
        service.UseStatusCodePages(ProblemExceptionHandler.DescribeStatusAsync);
        service.UseWhen(context => context.Request.Path.StartsWithSegments("/v1/exports", StringComparison.Ordinal), exports => exports.UseResponseCompression());
        service.UseHeaderLimits();
        service.Use(HeadRequestMiddleware.InvokeAsync);

        // Routes are chosen after HEAD has become GET.
        service.UseRouting();
        service.UseCors();

        // Said here, or the framework puts it before everything, where a database that is away has nobody to explain it.
        service.UseAuthentication();
        service.UseCallerLimits();
        service.Use(StaleResponseMiddleware.RunAsync);
        service.MapHealth();
        service.MapContract();

        var v1 = MapApi(service, "/v1");
        var council = v1.MapGroup("/councils/{council}").AddEndpointFilter<CouncilResolutionFilter>().AddEndpointFilter<CouncilScopeFilter>();
        v1.MapCouncils(council);
        council.MapDocuments();
        council.MapHistory();
        council.MapQuality();
        v1.MapParts(council);
        v1.MapChanges();
        v1.MapExports();
        v1.MapSearch();
        v1.MapTerritories();
        v1.MapCoverage();
        v1.MapStatistics();
        v1.MapOrganisationGroups();
        v1.MapSheets();
        v1.MapVocabularies();
        service.MapEmbeds();
        MapApi(service, "/oembed").MapOembed();
        service.MapGuides();
        v1.MapDataProtection();
        v1.MapKeys();
    }

    /// <summary>A group of endpoints with the checks of every endpoint; their order is the order in which a request is refused.</summary>
    private static RouteGroupBuilder MapApi(WebApplication service, string prefix) => service.MapGroup(prefix)
        .AddEndpointFilter<DeprecationFilter>()
        .AddEndpointFilter<ContentNegotiationFilter>()
        .AddEndpointFilter<AuthenticationFilter>()
        .AddEndpointFilter<QueryValidationFilter>()
        .AddEndpointFilter<SandboxVisibilityFilter>();
}
