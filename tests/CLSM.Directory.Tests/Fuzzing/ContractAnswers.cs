using System.Text;
using System.Text.Json;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>Judges an answer by what the contract promises of it.</summary>
internal static class ContractAnswers
{
    /// <summary>What the answer breaks; null where it keeps every promise.</summary>
    public static string? Fault(FuzzRequest request, HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        if (status >= 500)
        {
            return $"{status}";
        }

        if (!request.Operation.Answers.TryGetValue($"{status}", out var described))
        {
            return $"{status} is not in the contract";
        }

        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            var value = string.Join(", ", values);
            if (described.Headers.GetValueOrDefault(name) is { } header && header.Types.Contains("string") && header.TextFault(value, name) is { } headerFault)
            {
                return $"header {headerFault}";
            }

            if (value.Any(character => character is < ' ' or > '~'))
            {
                return $"header {name} holds what no header can: {value}";
            }
        }

        if (described.Contents.Count == 0 || status == 304)
        {
            return body.Length == 0 ? null : $"{body.Length} bytes where none are promised";
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!described.Contents.TryGetValue(mediaType, out var schema))
        {
            return $"media type '{mediaType}' is not in the contract for {status}";
        }

        if (!response.Headers.TryGetValues("X-Content-Type-Options", out var options) || options.Single() != "nosniff")
        {
            return "a browser may take it for what it is not (no nosniff)";
        }

        return Fault(schema, mediaType, body, isSelection: status == 200 && request.SelectsFields);
    }

    private static string? Fault(ContractSchema schema, string mediaType, byte[] body, bool isSelection)
    {
        if (schema.Format == "binary")
        {
            return null;
        }

        try
        {
            if (mediaType.EndsWith("json", StringComparison.Ordinal) && mediaType != "application/x-ndjson")
            {
                using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
                return schema.Fault(document.RootElement, isSelection);
            }

            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
            foreach (var line in mediaType == "application/x-ndjson" ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [])
            {
                JsonDocument.Parse(line).Dispose();
            }

            return schema.TextFault(text, "");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return exception.Message;
        }
    }
}
