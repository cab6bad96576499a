using System.Net;
using System.Text.Json.Nodes;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>A client that follows the change feed and knows nothing but its contract.</summary>
internal sealed class FeedFollower(Client client, string filter = "")
{
    public string? After { get; set; }

    public List<JsonNode> Seen { get; } = [];

    /// <summary>From now on, leaving out what was.</summary>
    public static async Task<FeedFollower> FromNowAsync(Client client, string filter = "") =>
        new(client, filter) { After = (await client.GetAsync("/v1/changes/latest")).With(HttpStatusCode.OK).Json.Text("cursor") };

    /// <summary>Everything up to the present end, page by page.</summary>
    public async Task<IReadOnlyList<JsonNode>> CatchUpAsync(int limit = 7)
    {
        var came = new List<JsonNode>();
        while (true)
        {
            var page = (await client.GetAsync($"/v1/changes?limit={limit}{(After is null ? "" : $"&after={After}")}{filter}")).With(HttpStatusCode.OK).Json;
            came.AddRange(page["items"]!.AsArray().Select(item => item!));
            After = page["page"].Text("after");
            if (page["page"]!["next"] is null)
            {
                Seen.AddRange(came);
                return came;
            }
        }
    }

    /// <summary>One request that waits.</summary>
    public Task<Answer> WaitAsync(int seconds = 30) => client.GetAsync($"/v1/changes?wait={seconds}&after={After}{filter}");

    /// <summary>An entry in few words: <c>removed event 2 closed</c>.</summary>
    public static string Words(JsonNode? entry) =>
        $"{entry.Text("operation")} {entry.Text("type")} {entry!["version"]}{(entry["reason"] is { } reason ? $" {reason}" : "")}";
}
