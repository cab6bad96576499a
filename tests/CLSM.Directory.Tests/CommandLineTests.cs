using System.Diagnostics;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>The command line, as a process: its output, its errors, its exit codes.</summary>
[Parallelizable]
internal sealed class CommandLineTests : DirectoryFixture
{
    [Test]
    public async Task An_export_is_an_import_and_an_import_of_the_same_changes_nothing()
    {
        var export = await RunAsync("export", "metz");
        Assert.That(export.Code, Is.Zero, export.Error);
        Assert.That(JsonNode.Parse(export.Output)!["code"]!.GetValue<string>(), Is.EqualTo("metz"));
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, export.Output);
        try
        {
            var import = await RunAsync("import", file);
            Assert.That(import.Code, Is.Zero, import.Error);
            Assert.That(import.Output, Does.Contain("metz unchanged"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Vacuum_clears_the_files_and_leaves_the_data()
    {
        var before = (await Anonymous.GetAsync("/v1/councils/metz/document")).Body;
        var vacuum = await RunAsync("vacuum");
        Assert.That(vacuum.Code, Is.Zero, vacuum.Error);
        Assert.That((await Anonymous.GetAsync("/v1/councils/metz/document")).Body, Is.EqualTo(before));
    }

    [TestCase("ndjson")]
    [TestCase("json")]
    public async Task All_councils_go_from_one_directory_into_another(string format)
    {
        var other = await TestCluster.NewDatabaseAsync();
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.{format}");
        try
        {
            foreach (var number in Enumerable.Range(1, 3))
            {
                var document = $$"""
                    {"code":"test-moved-{{number}}","kind":"clsm","name":"test {{number}}","status":"active","themes":["housing"],
                     "territory":{"parts":[{"type":"commune","code":"57463","label":"Metz"}]},
                     "organisations":[{"name":"test-0001"},{"name":"test-0002"}],"contacts":[{"function":"coordinator","label":"x","nominative":false,"visibility":"public"}],
                     "governanceBodies":[{"type":"steering-committee","name":"test","composition":[{"label":"x","organisation":{"name":"test-0002"} }]}]}
                    """;
                await Administrator.PutAsync($"/v1/councils/test-moved-{number}/document", document, null);
            }

            var export = format == "ndjson" ? (await RunAsync("export")).Output : (await Anonymous.GetAsync("/v1/exports/documents.json")).Body;
            await File.WriteAllTextAsync(file, export);
            var import = await RunOnAsync(other, "import", file);
            Assert.That(import.Code, Is.Zero, import.Error);
            Assert.That(import.Output, Does.Contain(": test-moved-1 created").And.Contain(": test-moved-3 created").And.Contain(": metz "));
            Assert.That(Documents((await RunOnAsync(other, "export")).Output), Is.EqualTo(Documents((await RunAsync("export")).Output)));
            Assert.That((await RunOnAsync(other, "import", file)).Output, Does.Contain(": test-moved-1 unchanged").And.Not.Contain(" changed (").And.Not.Contain(" created ("), "the same again is no change");
        }
        finally
        {
            File.Delete(file);
            await TestCluster.DropDatabaseAsync(other);
        }

        static List<string> Documents(string lines) =>
            [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Stated(JsonNode.Parse(line)!))];

        // What a directory gives by itself: the council's id, versions and instants.
        static string Stated(JsonNode document)
        {
            var council = document.Without("id", "version", "createdAt", "updatedAt");
            foreach (var part in council.Select(member => member.Value).OfType<JsonArray>().SelectMany(list => list).OfType<JsonObject>())
            {
                part.Remove("version");
                part.Remove("createdAt");
                part.Remove("updatedAt");
            }

            return council.ToJsonString();
        }
    }

    [Test]
    public async Task A_wrong_line_among_many_is_refused_by_its_number_and_the_others_are_taken()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.ndjson");
        await File.WriteAllTextAsync(file, """
            {"code":"test-line-1","kind":"clsm","name":"x","status":"active"}
            {"code":"test-line-2","kind":"clsm","name":"x","status":"actif"}

            {"code":"test-line-
            {"code":"test-line-5","kind":"clsm","name":"x","status":"active"}

            """);
        try
        {
            var import = await RunAsync("import", file);
            Assert.That(import.Code, Is.EqualTo(1));
            Assert.That(import.Output, Does.Contain(".ndjson:1: test-line-1 created").And.Contain(".ndjson:5: test-line-5 created"));
            Assert.That(import.Error, Does.Contain(".ndjson:2: ").And.Contain("/status").And.Contain(".ndjson:4: "));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task A_wrong_document_is_refused_on_standard_error_with_its_places()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, """{"code":"test-0001","kind":"clsm","name":"x","status":"actif"}""");
        try
        {
            var import = await RunAsync("import", file);
            Assert.That(import.Code, Is.EqualTo(1));
            Assert.That(import.Error, Does.Contain("/status").And.Contain("active"));
            Assert.That(import.Output, Is.Empty);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Sheets_are_imported_with_a_report_and_a_refused_line_ends_with_an_exit_code()
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.ndjson");
        await File.WriteAllTextAsync(file, """{"id":"test-cli","nom":"CLSM"}""" + "\n");
        try
        {
            var dry = await RunAsync("import", "sheets", file, "--dry-run");
            Assert.That(dry.Code, Is.Zero, dry.Error);
            (await Anonymous.GetAsync("/v1/councils/test-cli")).With(System.Net.HttpStatusCode.NotFound);
            var import = await RunAsync("import", "sheets", file);
            Assert.That(import.Code, Is.Zero, import.Error);
            Assert.That(JsonNode.Parse(import.Output)!["summary"]!["created"]!.GetValue<int>(), Is.EqualTo(1));
            await File.AppendAllTextAsync(file, "nonsense\n");
            var again = await RunAsync("import", "sheets", file);
            Assert.That(again.Code, Is.EqualTo(1));
            Assert.That(JsonNode.Parse(again.Output)!["summary"].Without().ToJsonString(), Is.EqualTo("""{"created":0,"changed":0,"unchanged":1,"refused":1}"""));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task A_key_is_created_shown_once_listed_and_revoked()
    {
        var created = await RunAsync("keys", "create", "test-0001", "--council", "metz");
        Assert.That(created.Code, Is.Zero, created.Error);
        var secret = created.Output.Trim();
        using var client = new Client(Service.Urls.First(), secret);
        (await client.PatchAsync("/v1/councils/metz", """{"shortName":"test-0001"}""", "*")).With(System.Net.HttpStatusCode.OK);
        var listed = await RunAsync("keys", "list");
        Assert.That(listed.Output, Does.Contain("test-0001").And.Contain("council:metz").And.Not.Contain(secret));
        Assert.That((await RunAsync("keys", "revoke", "test-0001")).Code, Is.Zero);
        (await client.GetAsync("/v1/councils")).With(System.Net.HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task A_key_is_rotated_with_both_secrets_valid_and_an_agencys_key_names_its_region()
    {
        var created = await RunAsync("keys", "create", "test-rotated", "--region", "44", "--council", "metz");
        Assert.That(created.Code, Is.Zero, created.Error);
        var rotated = await RunAsync("keys", "rotate", "test-rotated", "--overlap-hours", "1");
        Assert.That(rotated.Code, Is.Zero, rotated.Error);
        foreach (var secret in new[] { created.Output.Trim(), rotated.Output.Trim() })
        {
            using var client = new Client(Service.Urls.First(), secret);
            (await client.PatchAsync("/v1/councils/metz", """{"shortName":"test-0001"}""", "*")).With(System.Net.HttpStatusCode.OK);
        }

        Assert.That((await RunAsync("keys", "list")).Output, Does.Contain("council:metz,read:restricted:44"));
    }

    [TestCase(1, "keys", "create", "x", "--region", "99")]
    [TestCase(1, "keys", "rotate", "test-nobody")]
    [TestCase(1, "keys", "rotate", "test-nobody", "--overlap-hours", "1000")]
    [TestCase(1, "keys", "create", "x")]
    [TestCase(1, "keys", "create", "x", "--admin", "--council", "metz")]
    [TestCase(1, "keys", "create", "x", "--council", "test-nowhere")]
    [TestCase(1, "keys", "revoke", "test-nobody")]
    [TestCase(1, "export", "test-nowhere")]
    [TestCase(1, "import", "test-no-such-file.json")]
    [TestCase(1, "import", "sheets", "test-no-such-file.ndjson")]
    [TestCase(1, "reference", "update", "test-no-such-file.csv")]
    [TestCase(1, "imporr")]
    public async Task What_is_refused_ends_with_an_exit_code_and_a_word_on_standard_error(int code, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.That(run.Code, Is.EqualTo(code), run.Output);
        Assert.That(run.Error, Is.Not.Empty);
    }

    [TestCase]
    [TestCase("serve")]
    [TestCase("migrate")]
    [TestCase("import")]
    [TestCase("import", "sheets")]
    [TestCase("export")]
    [TestCase("keys")]
    [TestCase("keys", "create")]
    [TestCase("reference", "update")]
    [TestCase("reference", "status")]
    [TestCase("sandbox", "reset")]
    [TestCase("openapi")]
    public async Task Every_command_explains_itself(params string[] command)
    {
        var help = await RunAsync([.. command, "--help"]);
        Assert.That(help.Code, Is.Zero);
        Assert.That(help.Output, Does.Contain("Usage:"));
    }

    [Test]
    public async Task The_sandbox_is_made_new_by_command()
    {
        (await Player.PatchAsync("/v1/councils/sandbox", """{"purpose":"test-0001"}""", "*")).With(System.Net.HttpStatusCode.OK);
        var reset = await RunAsync("sandbox", "reset");
        Assert.That(reset.Code, Is.Zero, reset.Error);
        Assert.That((await Anonymous.GetAsync("/v1/councils/sandbox")).With(System.Net.HttpStatusCode.OK).Json["purpose"], Is.Null);
    }

    [TestCase("serve")]
    [TestCase("migrate")]
    [TestCase("export")]
    [TestCase("import", "test-0001.json")]
    [TestCase("import", "sheets", "test-0001.ndjson")]
    [TestCase("keys", "list")]
    [TestCase("reference", "status")]
    [TestCase("vacuum")]
    [TestCase("sandbox", "reset")]
    public async Task A_database_of_the_former_schema_is_refused_in_one_sentence_of_each_language(params string[] command)
    {
        // What every version of the former schema had.
        var former = await DirectoryDatabase.PrepareAsync(TestCluster.Administration, $"clsm_former_{Guid.NewGuid():N}", CancellationToken.None);
        try
        {
            await TestCluster.ExecuteAsync(
                former.Owner,
                """
                create schema directory;
                create table directory.schema_migration ("MigrationId" varchar(150) primary key, "ProductVersion" varchar(32) not null);
                insert into directory.schema_migration values ('20261122000001_Directory', '10.0.0');
                create function directory.raise_council() returns trigger language plpgsql as $$ begin return null; end $$;
                """);
            var run = await RunOnAsync(former, command);
            Assert.That(run.Code, Is.EqualTo(3), run.Error);
            Assert.That(run.Output, Is.Empty);
            var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(lines, Has.Length.EqualTo(2));
            Assert.That(lines[0], Does.StartWith("Cette base de données a l'ancien schéma").And.Contain("export").And.Contain("--reset").And.Contain("import"));
            Assert.That(lines[1], Does.StartWith("This database has the former schema").And.Contain("export").And.Contain("--reset").And.Contain("import"));
        }
        finally
        {
            await TestCluster.DropDatabaseAsync(former);
        }
    }

    [Test]
    public async Task Migrating_twice_is_migrating_once() => Assert.That((await RunAsync("migrate")).Code, Is.Zero);

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunOnAsync(Database, arguments);

    private static async Task<(int Code, string Output, string Error)> RunOnAsync(DirectoryDatabase database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ApiKeyAdministration).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Owner"] = database.Owner;
        start.Environment["ConnectionStrings__Service"] = database.Service;
        start.Environment["ConnectionStrings__Reader"] = database.Reader;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
