using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.OpenApi;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>The contract is the product: committed, complete, and true when pasted.</summary>
internal sealed class ContractTests : DirectoryFixture
{
    private JsonNode contract = null!;

    [OneTimeSetUp]
    public async Task ReadAsync() => contract = (await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json;

    [Test]
    public async Task The_committed_contract_is_the_one_that_is_served()
    {
        var committed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Checkout(), "openapi", "clsm-directory.v1.json")));
        Assert.That(JsonNode.DeepEquals(contract, committed), Is.True, "write it anew: dotnet run --project src/CLSM.Directory.Api -- openapi --output openapi/clsm-directory.v1.json");
    }

    [Test]
    public async Task The_contract_keeps_every_promise_that_it_ever_made()
    {
        var promised = new HashSet<string>(await File.ReadAllLinesAsync(Path.Combine(Checkout(), "openapi", "promises.v1.txt")));
        var present = CompatibilityBaseline.Of(contract);
        Assert.That(CompatibilityBaseline.Broken(promised, present), Is.Empty, "clients rely on it: keep it, and deprecate it where it must end");
        Assert.That(present.Except(promised), Is.Empty, "promise it: dotnet run --project src/CLSM.Directory.Api -- openapi --promises openapi/promises.v1.txt --output openapi/clsm-directory.v1.json");
    }

    [TestCase("/paths/~1v1~1councils/get", null, "GET /v1/councils is listCouncils", TestName = "A_removed_operation_breaks_a_promise")]
    [TestCase("/components/schemas/Council/properties/name/type", "integer", "Council.name is string", TestName = "A_member_of_another_type_breaks_a_promise")]
    [TestCase("/components/schemas/Council/properties/website", null, "Council.website is string uri", TestName = "A_removed_member_breaks_a_promise")]
    [TestCase("/components/schemas/Council/required/-", "website", "Council needs website", TestName = "A_member_that_becomes_required_breaks_a_promise")]
    [TestCase("/paths/~1v1~1councils~1{council}/get/responses/200", null, "GET /v1/councils/{council} answers 200 application/json: CouncilDocument", TestName = "An_answer_that_is_gone_breaks_a_promise")]
    public void A_change_that_breaks_clients_is_refused(string place, string? value, string broken)
    {
        var changed = contract.DeepClone();
        var steps = place.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
        var parent = steps[..^1].Aggregate(changed, (node, step) => node[step]!);
        if (parent is JsonArray list)
        {
            list.Add(value);
        }
        else if (value is null)
        {
            Assert.That(parent.AsObject().Remove(steps[^1]), Is.True);
        }
        else
        {
            parent[steps[^1]] = value;
        }

        Assert.That(CompatibilityBaseline.Broken(CompatibilityBaseline.Of(contract), CompatibilityBaseline.Of(changed)), Does.Contain(broken));
    }

    [Test]
    public void The_changelog_names_every_operation_and_no_other() => Assert.That(
        ApiChangelog.Load().Changes.SelectMany(change => change.Added),
        Is.EquivalentTo(ContractOperation.From(contract).Select(operation => operation.OperationId)));

    [Test]
    public async Task Every_read_works_with_what_Swagger_UI_fills_in()
    {
        await Assert.MultipleAsync(async () =>
        {
            foreach (var operation in ContractOperation.From(contract).Where(operation => operation.Method == HttpMethod.Get))
            {
                var answer = await (operation.NeedsKey ? Administrator : Anonymous).GetAsync(operation.Prefilled);
                Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), $"{operation}: {operation.Prefilled} {answer.Body}");
            }
        });
    }

    [Test]
    public async Task Every_example_works_as_it_is_pasted()
    {
        var operations = ContractOperation.From(contract).Where(operation => !operation.IsForSandbox);
        await Assert.MultipleAsync(async () =>
        {
            foreach (var operation in operations.OrderBy(Rank))
            {
                await PasteAsync(operation, operation.NeedsKey ? Administrator : Anonymous);
            }
        });
    }

    [TestCase("as listed")]
    [TestCase("backwards")]
    [TestCase("shuffled")]
    public async Task Every_example_of_a_write_works_in_the_sandbox_with_the_public_key_in_whatever_order(string order)
    {
        await Service.Services.GetRequiredService<TenantScope<SandboxReset>>().RunAsync(reset => reset.RunAsync(null, CancellationToken.None));
        var writes = ContractOperation.From(contract).Where(operation => operation.IsWrite && !operation.IsForAdministrators).ToList();
        Assert.That(writes, Has.Count.GreaterThanOrEqualTo(23).And.All.Property(nameof(ContractOperation.IsForSandbox)).True);
        var random = new Random(20261122);
        var ordered = order switch
        {
            "backwards" => Enumerable.Reverse(writes),
            "shuffled" => writes.OrderBy(_ => random.Next()),
            _ => writes,
        };
        await Assert.MultipleAsync(async () =>
        {
            foreach (var operation in ordered)
            {
                await PasteAsync(operation, Player);
            }

            // What neither makes nor removes anything works again and again.
            foreach (var operation in writes.Where(operation => operation.Method == HttpMethod.Put || operation.OperationId is "importSheets" or "changeCouncil"))
            {
                await PasteAsync(operation, Player);
            }
        });
    }

    [Test]
    public void Whoever_reads_the_contract_finds_the_public_key()
    {
        Assert.That(contract["info"].Text("description"), Does.Contain(SandboxKey.Secret));
        Assert.That(contract["components"]!["securitySchemes"]!["key"].Text("description"), Does.Contain(SandboxKey.Secret));
    }

    [Test]
    public void Every_operation_says_what_it_is()
    {
        foreach (var (path, operations) in contract["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                foreach (var member in new[] { "operationId", "summary", "description" })
                {
                    Assert.That(operation![member]?.GetValue<string>(), Is.Not.Null.And.Not.Empty, $"{method} {path} {member}");
                }

                Assert.That(operation!["tags"]!.AsArray(), Has.Count.EqualTo(1));
                Assert.That(operation["responses"]!.AsObject().Select(response => response.Key), Does.Contain("500").And.Contain("503").And.Contain("406"));
            }
        }
    }

    [Test]
    public void An_operation_that_names_a_scope_asks_for_a_key_and_no_other_does()
    {
        foreach (var operation in contract["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!))
        {
            var isOpen = operation["security"]!.AsArray().Any(requirement => requirement!.AsObject().Count == 0);
            Assert.That(operation["x-required-scope"] is null, Is.EqualTo(isOpen), operation.Text("operationId"));
        }
    }

    [Test]
    public void Operation_ids_are_unique() =>
        Assert.That(ContractOperation.From(contract).Select(operation => operation.OperationId), Is.Unique);

    private static async Task PasteAsync(ContractOperation operation, Client caller)
    {
        var answer = await operation.SendAsync(caller);
        Assert.That((int)answer.Status, Is.InRange(200, 299), $"{operation}: {answer.Body}");
        if (operation.OperationId == "importSheets")
        {
            Assert.That(answer.Json["summary"]!["refused"]!.GetValue<int>(), Is.Zero, answer.Body);
        }
    }

    /// <summary>Reads first, removals last, the whole council at the very end.</summary>
    private static int Rank(ContractOperation operation) =>
        operation.Method == HttpMethod.Get ? 0 : operation.Method != HttpMethod.Delete ? 1 : operation.OperationId != "removeCouncil" ? 2 : 3;

    /// <summary>The checkout in which the tests run.</summary>
    public static string Checkout()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CLSM.Directory.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run inside a checkout.");
    }
}
