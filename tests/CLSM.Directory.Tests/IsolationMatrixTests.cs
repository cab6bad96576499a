using System.Net;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>
/// Every operation of the contract × every kind of caller, three times: with all locks on, with the query filters off, with row security
/// off. It is made from the contract, so that a new operation is in it by itself.
/// </summary>
[TestFixture(Locks.All)]
[TestFixture(Locks.WithoutQueryFilters)]
[TestFixture(Locks.WithoutRowSecurity)]
[Parallelizable]
internal sealed class IsolationMatrixTests(Locks locks) : LockedFixture(locks)
{
    [Test]
    public async Task No_caller_does_more_than_it_may()
    {
        var operations = ContractOperation.From((await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json);
        var (revokedId, revokedSecret) = await Keys.CreateAsync("revoked", true, [], null, CancellationToken.None);
        await Keys.RevokeAsync(revokedId.ToString(), CancellationToken.None);
        var (_, expiredSecret) = await Keys.CreateAsync("expired", true, [], DateTime.UtcNow.AddHours(-1), CancellationToken.None);
        using var revoked = new Client(Service.Urls.First(), revokedSecret);
        using var expired = new Client(Service.Urls.First(), expiredSecret);
        var (_, agencySecret) = await Keys.CreateAsync("agency", new GrantedScopes(false, [], ["44"]), null, CancellationToken.None);
        using var agency = new Client(Service.Urls.First(), agencySecret);
        using var malformed = new Client(Service.Urls.First(), "clsm_test-0001");
        var before = await AllAsync();

        Assert.That(operations, Has.Count.GreaterThan(40));
        await Assert.MultipleAsync(async () =>
        {
            foreach (var operation in operations)
            {
                foreach (var (name, caller) in new[] { ("revoked", revoked), ("expired", expired), ("malformed", malformed) })
                {
                    await ExpectAsync(operation, caller, name, HttpStatusCode.Unauthorized);
                }

                if (!operation.NeedsKey)
                {
                    foreach (var (name, caller) in new[] { ("anonymous", Anonymous), ("metz", Metz), ("grenoble", Grenoble), ("agency", agency), ("player", Player), ("administrator", Administrator) })
                    {
                        await ExpectAsync(operation, caller, name, HttpStatusCode.OK);
                    }

                    continue;
                }

                await ExpectAsync(operation, Anonymous, "anonymous", HttpStatusCode.Unauthorized);
                if (operation.OperationId == "importSheets")
                {
                    // Refused line by line.
                    foreach (var caller in new[] { Metz, agency })
                    {
                        var report = (await operation.SendAsync(caller)).With(HttpStatusCode.OK).Json;
                        Assert.That(report["items"]!.AsArray().Select(item => item!["problems"]![0].Text("code")), Is.All.EqualTo("forbidden"));
                    }

                    continue;
                }

                // Its example is a contact for its council alone: of whom others are not to know that it exists.
                var refused = operation.OperationId == "objectToContact" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden;
                await ExpectAsync(operation, agency, "agency", refused);
                var strangers = operation.IsForAdministrators ? new[] { ("metz", Metz), ("grenoble", Grenoble), ("player", Player) }
                    : operation.IsForSandbox ? [("metz", Metz), ("grenoble", Grenoble)] : [("metz", Metz), ("player", Player)];
                foreach (var (name, caller) in strangers)
                {
                    await ExpectAsync(operation, caller, name, refused);
                }

                if (!operation.IsWrite)
                {
                    await ExpectAsync(operation, Administrator, "administrator", HttpStatusCode.OK);
                }
            }
        });

        Assert.That(await AllAsync(), Is.EqualTo(before), "no refused request changed anything");

        // Last, the callers who may: they are let through, whatever the operation then answers.
        await Assert.MultipleAsync(async () =>
        {
            foreach (var operation in operations.Where(operation => operation.IsWrite && operation.NeedsKey).OrderBy(operation => operation.Method == HttpMethod.Delete).ThenBy(operation => operation.OperationId == "removeCouncil"))
            {
                var owner = operation.IsForAdministrators ? Administrator : operation.IsForSandbox ? Player : Grenoble;
                var answer = await operation.SendAsync(owner);
                Assert.That((int)answer.Status, Is.LessThan(300).Or.EqualTo(404).Or.EqualTo(409).Or.EqualTo(410), $"{operation}: {answer.Body}");
            }
        });
    }

    private static async Task ExpectAsync(ContractOperation operation, Client caller, string name, HttpStatusCode status)
    {
        var answer = await operation.SendAsync(caller);
        Assert.That(answer.Status, Is.EqualTo(status), $"{operation} by {name}: {answer.Body}");
    }

    private async Task<string> AllAsync() =>
        (await Administrator.GetAsync("/v1/councils/metz/document")).Body + (await Administrator.GetAsync("/v1/councils/grenoble/document")).Body
        + (await Administrator.GetAsync("/v1/councils/sandbox/document")).Body + (await Administrator.GetAsync("/v1/councils")).Body;
}
