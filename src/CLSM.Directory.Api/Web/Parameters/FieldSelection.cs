using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Web.Parameters;

/// <summary><c>fields=</c>: only these members of each resource.</summary>
internal sealed class FieldSelection
{
    public const string Name = "fields";

    private readonly IReadOnlySet<string>? names;

    private FieldSelection(IReadOnlySet<string>? names) => this.names = names;

    /// <param name="query">The words of the request.</param>
    /// <param name="besides">Members that are asked for in another way.</param>
    public static FieldSelection From(ParsedQuery query, IReadOnlyList<string>? besides = null) => new(query.GetValues(Name)?.Concat(besides ?? []).ToHashSet(StringComparer.Ordinal));

    public static QueryParameter ParameterFor(JsonTypeInfo record)
    {
        return new ChoiceParameter(Name, JsonShapeValidator.MemberNames(record), null, "Only these members of each resource, also where the schema requires others; all without it.") { IsList = true };
    }

    public void Write<T>(Utf8JsonWriter writer, T resource, JsonTypeInfo<T> information)
    {
        if (names is null)
        {
            JsonSerializer.Serialize(writer, resource, information);
            return;
        }

        var whole = JsonSerializer.SerializeToElement(resource, information);
        writer.WriteStartObject();
        foreach (var property in whole.EnumerateObject().Where(property => names.Contains(property.Name)))
        {
            property.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
