using System.Globalization;
using System.Text.Json;

namespace CLSM.Directory.Model.Json;

/// <summary>JSON Pointers (RFC 6901) into a body.</summary>
internal static class JsonPointer
{
    /// <summary>The value at a place that is known to exist.</summary>
    public static JsonElement Follow(JsonElement value, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate(value, (at, segment) => at.ValueKind is JsonValueKind.Array
            ? at[int.Parse(segment, CultureInfo.InvariantCulture)]
            : at.GetProperty(Unescape(segment)));

    public static string Unescape(string segment) =>
        segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
