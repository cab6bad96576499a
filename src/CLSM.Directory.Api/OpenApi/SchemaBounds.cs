using System.Globalization;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>
/// The last hand on the schemas: a bound for whatever has none of its own, the characters that a text may have, and no description that only
/// repeats that of the schema referred to.
/// </summary>
internal static class SchemaBounds
{
    /// <summary>Control characters are refused in every text, but for line ends and tabs.</summary>
    private const string PlainText = @"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*$";

    private const int MaxCharacters = 10_000;
    private const int MaxItems = 1_000;

    public static void Apply(IOpenApiSchema? schema, IDictionary<string, IOpenApiSchema> all)
    {
        switch (schema)
        {
            case OpenApiSchemaReference { Reference: var reference }:
                var description = OneLine(reference.Description);
                reference.Description = description == OneLine(all[reference.Id!].Description) ? null : description;
                break;
            case OpenApiSchema own:
                own.Description = OneLine(own.Description);
                Bound(own);
                Apply(own.Items, all);
                Apply(own.AdditionalProperties, all);
                foreach (var property in own.Properties?.Values ?? [])
                {
                    Apply(property, all);
                }

                break;
        }
    }

    /// <summary>Bounds for a value that has none of its own.</summary>
    public static void Bound(OpenApiSchema schema)
    {
        var type = schema.Type & ~JsonSchemaType.Null;
        if (type == JsonSchemaType.String && schema.Enum is null)
        {
            schema.Pattern ??= schema.Format is null ? PlainText : null;
            schema.MaxLength ??= schema.Format switch { "uuid" => 36, "date" => 10, "date-time" => 40, _ => MaxCharacters };
        }

        if (type == JsonSchemaType.Integer)
        {
            schema.Minimum ??= "0";
            schema.Maximum ??= int.MaxValue.ToString(CultureInfo.InvariantCulture);
        }

        schema.MaxItems ??= type == JsonSchemaType.Array ? MaxItems : null;
        schema.MaxProperties ??= type == JsonSchemaType.Object && schema.AdditionalProperties is not null ? MaxItems : null;
    }

    private static string? OneLine(string? text) => text?.ReplaceLineEndings(" ");
}
