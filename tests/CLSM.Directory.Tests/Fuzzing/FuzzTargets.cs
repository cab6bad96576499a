using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>What the generated requests aim at: councils and parts that exist, so that they reach behind the first refusal.</summary>
internal sealed class FuzzTargets
{
    /// <summary>How many of the councils that may go are aimed at in general; the others wait to be removed.</summary>
    private const int Aimed = 8;

    private static readonly string[] Kept = ["metz", "grenoble"];

    private FuzzTargets(IReadOnlyList<string> removable, IReadOnlyDictionary<string, IReadOnlyList<string>> codes, IReadOnlyDictionary<string, IReadOnlyList<string>> ids)
    {
        Removable = removable;
        Councils = [.. Kept, .. Kept, .. Kept, .. removable.Take(Aimed), "test-0001", "test-unknown"];
        Codes = codes;
        Ids = ids;
    }

    /// <summary>Councils that may go.</summary>
    public IReadOnlyList<string> Removable { get; }

    public IReadOnlyList<string> Councils { get; }

    /// <summary>Codes by vocabulary.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Codes { get; }

    /// <summary>Ids by the path of the list that they are in.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Ids { get; }

    /// <summary>Whether nothing could be asked any more once this succeeded.</summary>
    public bool IsPrecious(DescribedOperation operation, string council) => operation.Id == "removeCouncil" && Kept.Contains(council);

    public static async Task<FuzzTargets> MakeAsync(Client administrator, Contract contract)
    {
        var removable = new List<string>();
        for (var number = 0; number < 30; number++)
        {
            var code = $"test-fuzz-{number}";
            (await administrator.PutAsync($"/v1/councils/{code}/document", Document(code), null)).With(HttpStatusCode.Created);
            removable.Add(code);
        }

        var codes = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var vocabulary in (await administrator.GetAsync("/v1/vocabularies")).With(HttpStatusCode.OK).Json["vocabularies"]!.AsArray())
        {
            var list = (await administrator.GetAsync($"/v1/vocabularies/{vocabulary.Text("code")}")).With(HttpStatusCode.OK).Json;
            codes[$"/v1/vocabularies/{vocabulary.Text("code")}"] = [.. list["codes"]!.AsArray().Select(code => code.Text("code"))];
        }

        var ids = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var type in new[] { "governance-bodies", "working-groups", "organisations", "contacts", "events" })
        {
            foreach (var council in Kept.Concat(removable.Take(Aimed)))
            {
                var path = $"/v1/councils/{council}/{type}";
                ids[path] = [.. (await administrator.GetAsync($"{path}?limit=1000&fields=id")).With(HttpStatusCode.OK).Items.Select(item => item.Text("id"))];
            }
        }

        return new FuzzTargets(removable, codes, ids);
    }

    private static string Document(string code)
    {
        JsonArray Several(Func<int, JsonObject> part) => new([.. Enumerable.Range(0, 12).Select(part)]);
        return new JsonObject
        {
            ["code"] = code,
            ["kind"] = "clsm",
            ["name"] = "=test <b>'council\"</b>",
            ["status"] = "active",
            ["governanceBodies"] = Several(number => new JsonObject { ["type"] = "other", ["name"] = $"=test {number}" }),
            ["workingGroups"] = Several(number => new JsonObject { ["kind"] = "group", ["name"] = $"@test <i>{number}" }),
            ["organisations"] = Several(number => new JsonObject { ["name"] = $"+test \"{number}'" }),
            ["contacts"] = Several(number => new JsonObject { ["function"] = "coordinator", ["label"] = $"-test {number}", ["nominative"] = false, ["visibility"] = number % 2 == 0 ? "public" : "council", ["phones"] = new JsonArray($"+3338700000{number % 10}") }),
            ["events"] = Several(number => new JsonObject { ["name"] = $"\ttest &amp; {number}".Trim(), ["kind"] = "sism" }),
        }.ToJsonString();
    }
}
