using System.Net.Http.Headers;
using System.Text;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>Who asks.</summary>
internal enum Bearer
{
    Nobody,
    Administrator,
    Metz,
    Grenoble,
    Agency,
    Expired,
    Malformed,
}

/// <summary>One request, whole.</summary>
internal sealed record FuzzRequest(DescribedOperation Operation, string Target, Bearer Bearer, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, string? MediaType)
{
    /// <summary>Whether it asks for some members alone, be it in its address or in its body.</summary>
    public bool SelectsFields => Target.Contains("fields=", StringComparison.Ordinal) || (Body is not null && Body.AsSpan().IndexOf("\"fields\""u8) >= 0);

    /// <summary>As it is sent: nobody smoothes its address on the way.</summary>
    public HttpRequestMessage Message(string address, string? key)
    {
        var message = new HttpRequestMessage(Operation.Method, new Uri(address + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (MediaType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
            }
        }

        if (key is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public override string ToString()
    {
        var headers = string.Concat(Headers.Select(header => $"\n  {header.Name}: {Short(header.Value)}"));
        var body = Body is null ? "" : $"\n  {MediaType}: {Short(Encoding.UTF8.GetString(Body))}";
        return $"{Operation.Id} by {Bearer}: {Operation.Method} {Short(Target)}{headers}{body}";
    }

    private static string Short(string text) => text.Length > 1500 ? $"{text[..1500]}… ({text.Length})" : text;
}
