using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CLSM.Directory.Model.Validation;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>Writes into the schemas what the records declare about their members, which is also what requests are checked by.</summary>
internal sealed class ShapeSchemaFilter(IOptions<JsonOptions> json) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { Count: > 0 } properties } record || context.Type.Namespace?.StartsWith("CLSM.", StringComparison.Ordinal) != true)
        {
            return;
        }

        record.AdditionalPropertiesAllowed = false;
        record.Properties = InOrderOfAnswers(properties, context.Type);
        foreach (var member in context.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(member.GetCustomAttribute<System.Text.Json.Serialization.JsonPropertyNameAttribute>()?.Name ?? member.Name);
            if (properties.TryGetValue(name, out var property) && property is OpenApiSchema described)
            {
                Describe(described, member);
            }
        }
    }

    private Dictionary<string, IOpenApiSchema> InOrderOfAnswers(IDictionary<string, IOpenApiSchema> properties, Type type)
    {
        List<string> names = json.Value.SerializerOptions.TryGetTypeInfo(type, out var information) ? [.. information.Properties.Select(property => property.Name)] : [];
        return properties.OrderBy(property => names.IndexOf(property.Key)).ToDictionary(StringComparer.Ordinal);
    }

    private static void Describe(OpenApiSchema schema, MemberInfo member)
    {
        // "Not stated" is an absent member, never null.
        if (schema.Type is { } type && member.GetCustomAttribute<System.Text.Json.Serialization.JsonIgnoreAttribute>()?.Condition is not System.Text.Json.Serialization.JsonIgnoreCondition.Never)
        {
            schema.Type = type & ~JsonSchemaType.Null;
        }

        schema.ReadOnly = member.GetCustomAttribute<ReadOnlyMemberAttribute>() is not null;
        if (member.GetCustomAttribute<MaxItemsAttribute>() is { } items)
        {
            if (schema.Type == JsonSchemaType.Array)
            {
                schema.MinItems = 1;
                schema.MaxItems = items.Maximum;
            }
            else
            {
                schema.MaxProperties = items.Maximum;
            }
        }

        var values = schema.Type == JsonSchemaType.Array ? schema.Items as OpenApiSchema : schema;
        foreach (var constraint in member.GetCustomAttributes<ConstraintAttribute>())
        {
            if (values is not null)
            {
                Describe(values, constraint.Facets);
            }
        }
    }

    private static void Describe(OpenApiSchema schema, ConstraintFacets facets)
    {
        schema.Pattern = facets.Pattern ?? schema.Pattern;
        schema.Format = facets.Format ?? schema.Format;
        schema.MinLength = facets.MinLength ?? schema.MinLength;
        schema.MaxLength = facets.MaxLength ?? schema.MaxLength;
        schema.Minimum = facets.Minimum?.ToString(CultureInfo.InvariantCulture) ?? schema.Minimum;
        schema.Maximum = facets.Maximum?.ToString(CultureInfo.InvariantCulture) ?? schema.Maximum;
        if (facets.Vocabulary is { } vocabulary)
        {
            schema.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            schema.Extensions["x-vocabulary"] = new JsonNodeExtension($"/v1/vocabularies/{vocabulary}");
        }
    }
}
