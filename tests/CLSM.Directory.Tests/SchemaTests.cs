using System.Diagnostics;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Resources;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>The files of <c>Database/Schema</c> are the present text of the schema: what a reader reads there is what migrations make.</summary>
[Parallelizable]
internal sealed class SchemaTests
{
    [Test]
    public async Task A_database_made_from_the_schema_files_equals_one_made_by_the_migrations()
    {
        if (await TestCluster.ScalarAsync<string>(TestCluster.Administration, "select setting from pg_config where name = 'BINDIR'") is var folder
            && !File.Exists(Path.Combine(folder, ProgramName)))
        {
            Assert.Ignore($"There is no {ProgramName} in {folder}: the two databases were not compared.");
        }

        var program = Path.Combine(folder, ProgramName);
        var migrated = await TestCluster.NewDatabaseAsync();
        var written = await DirectoryDatabase.PrepareAsync(TestCluster.Administration, $"clsm_written_{Guid.NewGuid():N}", CancellationToken.None);
        try
        {
            await TestCluster.ExecuteAsync(written.Owner, string.Join('\n', EmbeddedResource.Names("Database.Schema.").Select(EmbeddedResource.Read)));
            var expected = await DumpAsync(program, written);
            var actual = await DumpAsync(program, migrated);
            Assert.That(expected, Is.Not.Empty);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(actual.Keys.Except(expected.Keys), Is.Empty, "made by the migrations alone");
                Assert.That(expected.Keys.Except(actual.Keys), Is.Empty, "made from the schema files alone");
                foreach (var entry in expected.Keys.Intersect(actual.Keys))
                {
                    Assert.That(actual[entry], Is.EqualTo(expected[entry]), entry);
                }
            }
        }
        finally
        {
            await TestCluster.DropDatabaseAsync(migrated);
            await TestCluster.DropDatabaseAsync(written);
        }
    }

    [Test]
    public async Task The_published_rows_of_councils_are_written_out_as_a_new_kind_of_part_would_generate_them()
    {
        const string View = "select pg_get_viewdef('published.council_resource'::regclass)";
        var database = await TestCluster.NewDatabaseAsync();
        try
        {
            var administrator = TestCluster.AdministratorOf(database);
            var written = await TestCluster.ScalarAsync<string>(administrator, View);
            await TestCluster.ExecuteAsync(administrator, "select directory.publish_council_resource()");
            Assert.That(await TestCluster.ScalarAsync<string>(administrator, View), Is.EqualTo(written));
        }
        finally
        {
            await TestCluster.DropDatabaseAsync(database);
        }
    }

    private static string ProgramName => OperatingSystem.IsWindows() ? "pg_dump.exe" : "pg_dump";

    /// <summary>The entries of a dump by their headings. The order of rights and of columns means nothing.</summary>
    private static async Task<Dictionary<string, string>> DumpAsync(string program, DirectoryDatabase database)
    {
        var connection = new NpgsqlConnectionStringBuilder(TestCluster.AdministratorOf(database));
        var start = new ProcessStartInfo(
            program,
            [
                "--schema-only", "--exclude-table=directory.schema_migration", "--no-password", $"--host={connection.Host}", $"--port={connection.Port}",
                $"--username={connection.Username}", $"--dbname={connection.Database}",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = connection.Password;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var dump = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await error);

        return dump.Split("\n-- Name: ").Skip(1).ToDictionary(
            entry => entry[..entry.IndexOf('\n', StringComparison.Ordinal)],
            entry =>
            {
                // From PostgreSQL 15.14 on, a dump ends with a line of its own random word.
                var lines = entry.Split('\n').Skip(1).Select(line => line.TrimEnd(',')).Where(line => line is not ("" or "--") && !line.StartsWith('\\'));
                var isInOrder = !entry.Contains("; Type: ACL;", StringComparison.Ordinal) && !entry.Contains("; Type: TABLE;", StringComparison.Ordinal);
                return string.Join('\n', isInOrder ? lines : lines.Order(StringComparer.Ordinal));
            });
    }
}
