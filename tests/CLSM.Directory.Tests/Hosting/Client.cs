using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>A caller of the API, with or without a key. It follows no redirect and knows nothing of our types.</summary>
internal sealed class Client : IDisposable
{
    public const string MergePatch = "application/merge-patch+json";

    private readonly HttpClient http;

    public Client(string address, string? key)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
        if (key is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string json, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Json(json), headers);

    public Task<Answer> PutAsync(string path, string json, string? ifMatch) => SendAsync(HttpMethod.Put, path, Json(json), IfMatch(ifMatch));

    public Task<Answer> PatchAsync(string path, string json, string? ifMatch) => SendAsync(HttpMethod.Patch, path, Json(json, MergePatch), IfMatch(ifMatch));

    public Task<Answer> DeleteAsync(string path, string? ifMatch) => SendAsync(HttpMethod.Delete, path, null, IfMatch(ifMatch));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            Assert.That(request.Headers.TryAddWithoutValidation(name, value), Is.True, $"header {name}");
        }

        using var response = await http.SendAsync(request);
        return new Answer(
            response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    public static HttpContent Json(string json, string mediaType = "application/json") => new StringContent(json, new UTF8Encoding(false), new MediaTypeHeaderValue(mediaType));

    public void Dispose() => http.Dispose();

    private static (string, string)[] IfMatch(string? tag) => tag is null ? [] : [("If-Match", tag)];
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string ETag => Headers["ETag"];

    public JsonArray Items => Json["items"]!.AsArray();

    /// <summary>Stable code of the problem.</summary>
    public string Problem => Json["code"]!.GetValue<string>();

    /// <summary>The answer, if it has one of these statuses; a failure shows the body.</summary>
    public Answer With(params HttpStatusCode[] statuses)
    {
        Assert.That(statuses, Does.Contain(Status), Body);
        return this;
    }

    /// <summary>The error at a place of the body, or of a parameter.</summary>
    public JsonNode Error(string place) =>
        (Json["errors"]?.AsArray() ?? []).FirstOrDefault(error => (error!["pointer"] ?? error["parameter"])?.GetValue<string>() == place)
        ?? throw new AssertionException($"No error at {place}: {Body}");
}

/// <summary>Comparison of whole JSON values.</summary>
internal static class JsonComparison
{
    /// <summary>The same JSON, whatever the order of members.</summary>
    public static void ShouldBe(this JsonNode? actual, string expected) =>
        Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), Is.True, $"expected {expected}\nbut was {actual?.ToJsonString(Readable)}");

    public static string Text(this JsonNode? node, string member) => node![member]!.GetValue<string>();

    public static JsonObject Without(this JsonNode? node, params string[] members)
    {
        var copy = node!.DeepClone().AsObject();
        foreach (var member in members)
        {
            copy.Remove(member);
        }

        return copy;
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
