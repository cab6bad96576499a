using System.Net;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>Reads Server-Sent Events, line by line as they come.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpClient http;
    private readonly StreamReader reader;

    private EventStream(HttpClient http, StreamReader reader)
    {
        this.http = http;
        this.reader = reader;
    }

    public static async Task<EventStream> OpenAsync(string address, string path, string? lastEventId = null)
    {
        var http = new HttpClient { BaseAddress = new Uri(address) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        return new EventStream(http, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event; comments are none.</summary>
    public async Task<(string Id, string Data)> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        string? id = null, name = null, data = null;
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case ["id", var value]:
                    id = value;
                    break;
                case ["event", var value]:
                    name = value;
                    break;
                case ["data", var value]:
                    data = value;
                    break;
                case [""] when data is not null:
                    Assert.That(name, Is.EqualTo("change"));
                    return (id!, data);
            }
        }

        throw new AssertionException("the stream has ended");
    }

    /// <summary>Whether the stream ends by itself, whole.</summary>
    public async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await reader.ReadLineAsync(limit.Token) is not null)
        {
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        http.Dispose();
    }
}
