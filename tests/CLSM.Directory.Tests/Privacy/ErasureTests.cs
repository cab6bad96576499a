using System.Net;
using System.Text;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace CLSM.Directory.Tests.Privacy;

/// <summary>After an objection nothing is left: not in an answer, not in a log, not in a file of the database.</summary>
internal sealed class ErasureTests : DirectoryFixture
{
    private readonly LogMemory log = new();

    [OneTimeTearDown]
    public void Forget() => log.Dispose();

    protected override void Adjust(WebApplicationBuilder builder) => builder.Logging.AddProvider(log);

    [Test]
    public async Task Nothing_of_the_person_is_left_in_any_answer_or_file()
    {
        var person = MadeUpPerson.Next();
        var administrator = TestCluster.AdministratorOf(Database);
        var contact = (await Grenoble.PostAsync("/v1/councils/grenoble/contacts", person.Contact("fiche-2024"), ("Idempotency-Key", "test-erasure"))).With(HttpStatusCode.Created);
        (await Grenoble.PatchAsync(contact.Headers["Location"], """{"function":"secretariat"}""", "*")).With(HttpStatusCode.OK);
        (await Grenoble.PatchAsync("/v1/councils/grenoble", $$"""{"purpose":"test: {{person.Name}}, {{person.Email}}, {{person.PhoneAsWritten}}"}""", "*")).With(HttpStatusCode.OK);
        await TestCluster.ExecuteAsync(administrator, "analyze", "checkpoint");
        var data = await TestCluster.ScalarAsync<string>(administrator, "show data_directory");
        Assert.That(System.IO.Directory.Exists(data), Is.True, $"the files of the cluster are to be read: {data}");
        Assert.That(Files(data).Where(file => Holds(file, person)), Is.Not.Empty, "before, it is there to be found");

        (await Grenoble.PostAsync($"/v1/contacts/{contact.Json.Text("id")}/objection", "")).With(HttpStatusCode.OK);
        Assert.That(await DatabaseCompaction.ClearAsync(Database.Owner, CancellationToken.None), Is.True);

        Assert.That(Files(data).Where(file => Holds(file, person)).Select(file => Path.GetRelativePath(data, file)), Is.Empty);
        Assert.That(Holds(Path.Combine(Path.GetDirectoryName(data)!, "log"), person), Is.False, "the log of the server");
        Assert.That(person.Values.Where(value => log.Text.Contains(value, StringComparison.OrdinalIgnoreCase)), Is.Empty, "the log of the service");
        await Assert.MultipleAsync(async () =>
        {
            foreach (var operation in ContractOperation.From((await Anonymous.GetAsync("/openapi/v1.json")).Json).Where(operation => operation.Method == HttpMethod.Get))
            {
                var answer = await operation.SendAsync(Administrator);
                Assert.That(person.Values.Where(value => answer.Body.Contains(value, StringComparison.OrdinalIgnoreCase)), Is.Empty, operation.ToString());
            }
        });
    }

    [Test]
    public async Task A_request_leaves_no_personal_value_in_a_log()
    {
        var person = MadeUpPerson.Next();
        var email = Uri.EscapeDataString(person.Email);
        foreach (var path in new[] { $"/v1/contacts?q={email}", $"/v1/contacts?mail={email}", $"/v1/search?q={email}", $"/v1/{email}", $"/v1/councils/{email}", $"/v1/contacts/{email}/processing", $"/embed/councils?q={email}" })
        {
            await Metz.GetAsync(path);
        }

        foreach (var body in new[] { person.Contact("page-epsm-metz-jury"), person.Contact("page-epsm-metz-jury"), person.Contact("unknown"), $"{{\"x\":\"{person.Email}\"}}", $"{{\"{person.Email}", $"\"{person.Email}\"" })
        {
            await Metz.PostAsync("/v1/councils/metz/contacts", body);
        }

        // A database that refuses says which row, unless it was told not to.
        var data = await TestCluster.ScalarAsync<string>(TestCluster.AdministratorOf(Database), "show data_directory");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            $"insert into directory.contact (council_id, id, natural_key, statement) values (gen_random_uuid(), gen_random_uuid(), '{person.Email}', '{{\"label\":\"{person.Name}\"}}')"));
        Assert.That(Holds(Path.Combine(Path.GetDirectoryName(data)!, "log"), person), Is.False, "the log of the server");
        Assert.That(person.Values.Where(value => log.Text.Contains(value, StringComparison.OrdinalIgnoreCase) || log.Text.Contains(Uri.EscapeDataString(value), StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    private static IEnumerable<string> Files(string data) => System.IO.Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories);

    /// <summary>Whether a file holds a value as it is stored: in UTF-8, as written or in small letters.</summary>
    private static bool Holds(string file, MadeUpPerson person)
    {
        try
        {
            var bytes = File.ReadAllBytes(file).AsSpan();
            foreach (var value in person.Values.SelectMany(value => new[] { value, value.ToLowerInvariant(), value.ToUpperInvariant() }).Append(person.Given.ToLowerInvariant()).Append(person.Family.ToLowerInvariant()))
            {
                if (bytes.IndexOf(Encoding.UTF8.GetBytes(value)) >= 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (FileNotFoundException)
        {
            // The server removed it meanwhile.
            return false;
        }
    }

    /// <summary>Everything that the service logs, at every level that it has switched on.</summary>
    private sealed class LogMemory : ILoggerProvider, ILogger
    {
        private readonly StringBuilder text = new();

        public string Text
        {
            get
            {
                lock (text)
                {
                    return text.ToString();
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (text)
            {
                text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            }
        }

        public void Dispose()
        {
        }
    }
}
