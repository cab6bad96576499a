using System.Text.Json;
using System.Text.RegularExpressions;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>Web addresses in texts.</summary>
internal static partial class WebAddress
{
    /// <summary>A web address in the text, mended where only its beginning is missing.</summary>
    public static string? FindIn(string text)
    {
        var found = Address().Match(text);
        var address = !found.Success ? null : found.Value.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? found.Value.TrimEnd(',', ';') : $"https://{found.Value.TrimEnd(',', ';', '.')}";
        using var value = address is null ? null : JsonDocument.Parse(JsonSerializer.Serialize(address, ModelJsonContext.Instance.String));
        return value is not null && new WebAddressAttribute().Check(value.RootElement) is null ? address : null;
    }

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""«»]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
