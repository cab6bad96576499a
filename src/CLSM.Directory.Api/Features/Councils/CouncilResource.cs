using System.Text.Json;
using System.Text.Json.Serialization;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>A row of one of the views <c>council_resource</c>: a council, or one of its parts.</summary>
internal sealed record CouncilResource
{
    /// <summary>The type of a council; a part has the name of its kind.</summary>
    public const string CouncilType = "council";

    public required string Type { get; init; }

    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The statement as JSON text.</summary>
    [JsonConverter(typeof(JsonTextConverter))]
    public required string Statement { get; init; }

    /// <summary>The rows that the SQL function <c>published.resources_of</c> returns as one JSON array; none for null.</summary>
    public static IReadOnlyList<CouncilResource> ReadAll(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, CouncilsJsonContext.Instance.ListCouncilResource)!;

    /// <summary>Reads a JSON value as its text, so that it is parsed once, as what it is.</summary>
    internal sealed class JsonTextConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var value = JsonDocument.ParseValue(ref reader);
            return value.RootElement.GetRawText();
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
    }
}
