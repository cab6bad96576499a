using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.DataProtection;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.LocalPostgres;
using CLSM.Directory.LocalPostgres.Errors;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>
/// The database that a command works on. Three connection strings (<c>ConnectionStrings__Owner</c>, <c>__Service</c>, <c>__Reader</c>) name a
/// deployed one, and <c>__Direct</c>, where the reader's is no direct one, the way to its notifications. Otherwise a cluster is used through its administrator: the one of <c>ConnectionStrings__Administration</c>, or a private one.
/// </summary>
internal sealed class DatabaseAccess : IAsyncDisposable
{
    private const string Name = "clsm_directory";

    private readonly LocalCluster? cluster;

    private DatabaseAccess(DirectoryDatabase database, LocalCluster? cluster)
    {
        Database = database;
        this.cluster = cluster;
    }

    public DirectoryDatabase Database { get; }

    /// <summary>A private database, or an administrator's: the schema is made on the way. A deployed one is migrated by <c>migrate</c>.</summary>
    public bool IsPrivate => cluster is not null;

    public string Origin => cluster?.Origin ?? "configured connection strings";

    public static async Task<DatabaseAccess> OpenAsync(bool reset, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var (owner, service, reader) = (configuration.GetConnectionString("Owner"), configuration.GetConnectionString("Service"), configuration.GetConnectionString("Reader"));
        if (service is not null && reader is not null)
        {
            await FormerSchema.RefuseAsync(service, cancellationToken);
            return new DatabaseAccess(
                new DirectoryDatabase(owner ?? "", service, reader) { Direct = configuration.GetConnectionString("Direct"), ObjectionSecret = configuration[ObjectionKey.Setting] }, null);
        }

        if (owner is not null || service is not null || reader is not null)
        {
            throw new LocalPostgresException("Of ConnectionStrings__Owner, __Service and __Reader only some are set: a deployed database needs Service and Reader, and Owner for migrate and keys.");
        }

        var cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                ConnectionString = configuration.GetConnectionString("Administration"),
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
            return new DatabaseAccess(database with { ClearsItself = true }, cluster);
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

    public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

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
