using CLSM.Directory.Api;
using CLSM.Directory.Api.CommandLine;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.LocalPostgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>One PostgreSQL cluster a run; databases are clones of a template that was migrated and seeded once.</summary>
[SetUpFixture]
internal sealed class TestCluster
{
    private const string Template = "clsm_template";

    private static LocalCluster cluster = null!;
    private static int databases;

    public static string Administration => cluster.AdministrationConnectionString;

    /// <summary>The secret with which every service of a run recognises those who objected.</summary>
    public static string ObjectionSecret => DirectoryDatabase.ObjectionSecretOf(Administration);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                ConnectionString = Environment.GetEnvironmentVariable("ConnectionStrings__Administration"),
                Durable = false,
            },
            CancellationToken.None);
        await ExecuteAsync(Administration, $"drop database if exists {Template} with (force)");
        var template = await DirectoryDatabase.PrepareAsync(Administration, Template, CancellationToken.None);
        await DatabaseConnector.MigrateAsync(template, CancellationToken.None);
        await using (var service = DirectoryApplication.Build(template, []))
        {
            await service.Services.GetRequiredService<Seeds>().LoadDocumentsAsync(CancellationToken.None);
        }

        // A database with open connections cannot be a template.
        NpgsqlConnection.ClearAllPools();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await cluster.DisposeAsync();

    /// <summary>A database of its own, with Metz and Grenoble in it.</summary>
    public static async Task<DirectoryDatabase> NewDatabaseAsync()
    {
        var name = $"clsm_test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync(Administration, $"create database {name} template {Template} owner clsm_owner");
        await ExecuteAsync(Administration, $"revoke all on database {name} from public");
        await ExecuteAsync(Administration, $"grant connect on database {name} to clsm_service, clsm_reader");
        return DirectoryDatabase.In(Administration, name);
    }

    public static async Task DropDatabaseAsync(DirectoryDatabase database) =>
        await ExecuteAsync(Administration, $"drop database if exists {new NpgsqlConnectionStringBuilder(database.Owner).Database} with (force)");

    /// <summary>The administrator's own connection to a database, as for a repair by plain SQL.</summary>
    public static string AdministratorOf(DirectoryDatabase database, string? administration = null) =>
        new NpgsqlConnectionStringBuilder(administration ?? Administration) { Database = new NpgsqlConnectionStringBuilder(database.Owner).Database }.ConnectionString;

    /// <summary>Runs statements, each text as a transaction of its own.</summary>
    public static async Task ExecuteAsync(string connectionString, params string[] texts)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (var sql in texts)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
            await command.ExecuteNonQueryAsync();
        }
    }

    public static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
