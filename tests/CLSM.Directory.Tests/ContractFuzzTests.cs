using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Tests.Fuzzing;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>
/// Thousands of requests made from the contract, from valid to hostile: no failure, no answer that breaks its own schema, and nothing changed
/// by whoever was refused. Other seeds: <c>CLSM_FUZZ_SEED</c> and <c>CLSM_FUZZ_REQUESTS</c> in the environment.
/// </summary>
[Parallelizable]
internal sealed class ContractFuzzTests : DirectoryFixture
{
    private const int MaxFaults = 25;

    private readonly Dictionary<Bearer, string?> keys = new() { [Bearer.Nobody] = null, [Bearer.Malformed] = "clsm_test-0001" };
    private readonly ConcurrentDictionary<string, string> faults = [];
    private readonly ConcurrentDictionary<string, int> statuses = [];
    private ContractRequestGenerator generator = null!;
    private WrittenRows written = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task AimAsync()
    {
        var contract = new Contract((await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json);
        foreach (var (bearer, isAdministrator, councils, regions, hours) in new (Bearer, bool, string[], string[], int)[]
        {
            (Bearer.Administrator, true, [], [], 1), (Bearer.Metz, false, ["metz"], [], 1), (Bearer.Grenoble, false, ["grenoble"], [], 1), (Bearer.Agency, false, [], ["44"], 1), (Bearer.Expired, true, [], [], -1),
        })
        {
            var scopes = new GrantedScopes(isAdministrator, councils, regions);
            keys[bearer] = (await Keys.CreateAsync($"test-{bearer}", scopes, DateTime.UtcNow.AddHours(hours), CancellationToken.None)).Secret;
        }

        var targets = await FuzzTargets.MakeAsync(Administrator, contract);
        generator = new ContractRequestGenerator(contract, Seed, targets);
        written = await WrittenRows.WatchAsync(Database);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        http?.Dispose();
        if (written is not null)
        {
            await written.DisposeAsync();
        }
    }

    [Test]
    public async Task No_generated_request_breaks_the_service_or_its_contract()
    {
        // Writes go one after the other, so that a written row has one request that wrote it; reads go beside them and may write nothing.
        var numbers = Enumerable.Range(0, Requests).ToLookup(number => generator.Operation(number).IsWrite);
        var writes = AskAsync(new ConcurrentQueue<int>(numbers[true]));
        var reads = new ConcurrentQueue<int>(numbers[false]);
        await Task.WhenAll([writes, .. Enumerable.Range(0, 4).Select(_ => AskAsync(reads))]);
        await TestContext.Progress.WriteLineAsync($"{Requests} requests, seed {Seed}: {string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Key} × {status.Value}"))}");
        Assert.That(faults.Keys, Is.Empty, $"CLSM_FUZZ_SEED={Seed} CLSM_FUZZ_REQUESTS={Requests}\n{string.Join("\n\n", faults.Values)}");
    }

    private static int Seed => Setting("CLSM_FUZZ_SEED", 20261122);

    private static int Requests => Setting("CLSM_FUZZ_REQUESTS", 20_000);

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var asked) ? asked : usual;

    private async Task AskAsync(ConcurrentQueue<int> numbers)
    {
        while (faults.Count < MaxFaults && numbers.TryDequeue(out var number))
        {
            var request = generator.Request(number);
            using var message = request.Message(Service.Urls.First(), keys[request.Bearer]);
            using var response = await http.SendAsync(message);
            var body = await response.Content.ReadAsByteArrayAsync();
            statuses.AddOrUpdate($"{(request.Operation.IsWrite ? "write" : "read")} {(int)response.StatusCode}", 1, (_, count) => count + 1);
            var fault = ContractAnswers.Fault(request, response, body);
            if (request.Operation.IsWrite && await written.SinceLastAsync() is { } rows && !response.IsSuccessStatusCode)
            {
                fault = $"{(int)response.StatusCode}, and yet rows were written: {rows}";
            }

            if (fault is not null)
            {
                // One of each kind is enough to mend it.
                faults.TryAdd($"{request.Operation.Id} {(int)response.StatusCode} {fault.Split('\'')[0]}", $"request {number}: {fault}\n{request}\n→ {(int)response.StatusCode} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 600)))}");
            }
        }
    }
}
