using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.DataProtection;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Web.Settings;
using CLSM.Directory.LocalPostgres;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>
/// The database that a command works on. Three connection strings (<c>ConnectionStrings__Owner</c>, <c>__Service</c>, <c>__Reader</c>) name a
/// deployed one, and <c>__Direct</c>, where the reader's is no direct one, the way to its notifications. Otherwise a cluster is used through its administrator: the one of <c>ConnectionStrings__Administration</c>, or a private one.
/// </summary>
internal sealed class DatabaseConnector : IAsyncDisposable
{
    private const string Name = "clsm_directory";

    private readonly LocalCluster? cluster;

    private readonly string? objectionSecret;

    private DatabaseConnector(DirectoryDatabase database, LocalCluster? cluster, string? objectionSecret)
    {
        Database = database;
        this.cluster = cluster;
        this.objectionSecret = objectionSecret;
    }

    public DirectoryDatabase Database { get; }

    /// <summary>A private database, or an administrator's: the schema is made on the way. A deployed one is migrated by <c>migrate</c>.</summary>
    public bool IsPrivate => cluster is not null;

    public string Origin => cluster?.Origin ?? "configured connection strings";

    public static async Task<DatabaseConnector> OpenAsync(bool reset, CancellationToken cancellationToken)
    {
        var options = ReadOptions();
        if (options.IsDeployed)
        {
            await FormerSchema.RefuseAsync(options.Service!, cancellationToken);
            var deployed = new DirectoryDatabase(options.Owner ?? "", options.Service!, options.Reader!)
            {
                Direct = string.IsNullOrEmpty(options.Direct) ? null : options.Direct,
            };
            return new DatabaseConnector(deployed, cluster: null, objectionSecret: null);
        }

        var cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                ConnectionString = options.Administration,
                Directory = LocalClusterOptions.DirectoryFor(Checkout()),
                Reset = reset,
                Progress = Console.Error.WriteLine,
            },
            cancellationToken);
        try
        {
            var database = await DirectoryDatabase.PrepareAsync(cluster.AdministrationConnectionString, Name, cancellationToken);
            await FormerSchema.RefuseAsync(database.Owner, cancellationToken);
            await MigrateAsync(database, cancellationToken);
            var secret = DirectoryDatabase.ObjectionSecretOf(cluster.AdministrationConnectionString);
            return new DatabaseConnector(database with { ClearsItself = true }, cluster, secret);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings the schema up to date, and loads the territorial reference that ships with the program if there is none.</summary>
    public static async Task MigrateAsync(DirectoryDatabase database, CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken);
        await ReferenceLoading.LoadShippedAsync(database.Owner, cancellationToken);
    }

    /// <summary>Builds the service on this database.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong.</exception>
    public WebApplication BuildService(params string[] arguments) => DirectoryApplication.Build(Database, arguments, Configure);

    /// <summary>Builds the services on this database without the web.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong.</exception>
    public IHost BuildForCommand() => DirectoryApplication.BuildForCommand(Database, Configure);

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Configure(IHostApplicationBuilder builder)
    {
        if (objectionSecret is not null)
        {
            builder.Configuration[$"{ObjectionOptions.Section}:{nameof(ObjectionOptions.Secret)}"] = objectionSecret;
        }
    }

    /// <exception cref="InvalidOperationException">A connection string is wrong.</exception>
    private static DatabaseOptions ReadOptions()
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json")
            .AddEnvironmentVariables()
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSettings<DatabaseOptions>();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        using var provider = services.BuildServiceProvider();
        provider.ValidateSettings();
        return provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
    }

    /// <summary>The checkout that runs, so that two of them do not share a database: the folder with the solution, else the program's own.</summary>
    private static string Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CLSM.Directory.sln")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
