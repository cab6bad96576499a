using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>Writes events one by one and councils as whole documents, through whichever node answers, and remembers what was acknowledged.</summary>
internal sealed class CrashWriter(IReadOnlyList<string> nodes, string key, int number, string council, int seed)
{
    private readonly Random random = new(seed);
    private readonly Client[] clients = [.. nodes.Select(node => new Client(node, key))];

    public ConcurrentQueue<string> Acknowledged { get; } = new();

    /// <summary>Sent once, never answered and never sent again: there or not.</summary>
    public ConcurrentQueue<string> Abandoned { get; } = new();

    /// <summary>How often something was sent again.</summary>
    public int Repeated { get; private set; }

    /// <summary>Until the end; what was begun is brought to its end.</summary>
    public async Task WriteAsync(CancellationToken end)
    {
        for (var write = 0; !end.IsCancellationRequested; write++)
        {
            var isPair = random.Next(6) == 0;
            var name = $"test-{(isPair ? "pair" : "event")}-{number}-{write}";
            await WriteAsync(name, isPair, mayAbandon: random.Next(8) == 0);
        }

        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private async Task WriteAsync(string name, bool isPair, bool mayAbandon)
    {
        while (true)
        {
            var client = clients[random.Next(clients.Length)];
            try
            {
                if (await (isPair ? PutPairAsync(client, name) : PostEventAsync(client, name)))
                {
                    Acknowledged.Enqueue(name);
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The node has gone, perhaps with the answer.
            }

            if (mayAbandon)
            {
                Abandoned.Enqueue(name);
                return;
            }

            Repeated++;
            await Task.Delay(random.Next(20, 60));
        }
    }

    private async Task<bool> PostEventAsync(Client client, string name)
    {
        var answer = await client.PostAsync($"/v1/councils/{council}/events", $$"""{"name":"{{name}}","kind":"sism"}""", ("Idempotency-Key", name));
        return answer switch
        {
            { Status: HttpStatusCode.Created } => true,
            { Status: HttpStatusCode.ServiceUnavailable, Problem: "unavailable" } or { Status: HttpStatusCode.Conflict, Problem: "request-under-way" } => false,
            _ => throw Unexpected(answer),
        };
    }

    private static async Task<bool> PutPairAsync(Client client, string name)
    {
        var document = $$"""{"code":"{{name}}","kind":"clsm","name":"x","status":"active","events":[{"name":"one","kind":"sism"},{"name":"two","kind":"sism"}]}""";
        var answer = await client.PutAsync($"/v1/councils/{name}/document", document, null);
        switch (answer.Status)
        {
            case HttpStatusCode.Created:
                return true;
            case HttpStatusCode.ServiceUnavailable:
                return false;
            case HttpStatusCode.PreconditionRequired or HttpStatusCode.Conflict:
                // An attempt before this one has come through.
                var there = await client.GetAsync($"/v1/councils/{name}/document");
                return there.Status switch
                {
                    HttpStatusCode.OK when there.Json["events"] is JsonArray { Count: 2 } => true,
                    HttpStatusCode.ServiceUnavailable or HttpStatusCode.NotFound => false,
                    _ => throw Unexpected(there),
                };
            default:
                throw Unexpected(answer);
        }
    }

    private static InvalidOperationException Unexpected(Answer answer) => new($"{answer.Status}: {answer.Body}");
}

/// <summary>Follows the feed while everything is killed around it.</summary>
internal sealed class CrashFollower(IReadOnlyList<string> nodes)
{
    private readonly Client[] clients = [.. nodes.Select(node => new Client(node, null))];
    private string after = "";

    public List<JsonNode> Seen { get; } = [];

    public async Task FollowAsync(CancellationToken end)
    {
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            await ReadAsync(clients[turn % clients.Length]);
        }
    }

    /// <summary>To its end, once all are well again.</summary>
    public async Task CatchUpAsync(int entries)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var turn = 0; Seen.Count < entries; turn++)
        {
            limit.Token.ThrowIfCancellationRequested();
            await ReadAsync(clients[turn % clients.Length]);
        }

        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private async Task ReadAsync(Client client)
    {
        try
        {
            var page = await client.GetAsync($"/v1/changes?limit=100&wait=1{after}");
            if (page.Status == HttpStatusCode.OK)
            {
                Seen.AddRange(page.Items.Select(item => item!));
                after = $"&after={page.Json["page"].Text("after")}";
                return;
            }

            Assert.That(page.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable), page.Body);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // Asked again elsewhere, from the same place.
        }

        await Task.Delay(20);
    }
}
