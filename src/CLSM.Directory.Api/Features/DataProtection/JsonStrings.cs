using System.Globalization;
using System.Text.Json;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>Every text of a JSON value, with its place; the names of members are texts too, since evidence is named by what people wrote.</summary>
internal static class JsonStrings
{
    public static IEnumerable<Place> Of(JsonElement value, string pointer = "") => value.ValueKind switch
    {
        JsonValueKind.String => [new Place(pointer, value.GetString()!)],
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Of(item, $"{pointer}/{index.ToString(CultureInfo.InvariantCulture)}")),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Of(member.Value, pointer + ValidationError.Segment(member.Name)).Prepend(new Place(pointer, member.Name))),
        _ => [],
    };

    /// <summary>A text and where it stands.</summary>
    internal sealed record Place(string Pointer, string Text);
}
