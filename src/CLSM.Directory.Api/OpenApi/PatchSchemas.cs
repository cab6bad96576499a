using Microsoft.OpenApi;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>
/// Schemas of merge patches (RFC 7396), made from those of the resources: every member may be absent, one that need not be there may be null to
/// take it away, and an object in an object is patched in its turn. Lists are replaced whole.
/// </summary>
internal sealed class PatchSchemas(OpenApiDocument document)
{
    private const string Suffix = "Patch";

    private readonly IDictionary<string, IOpenApiSchema> schemas = document.Components!.Schemas!;

    public static bool IsPatch(string name) => name.EndsWith(Suffix, StringComparison.Ordinal);

    public static IOpenApiSchema Of(OpenApiSchemaReference whole, OpenApiDocument document) => new OpenApiSchemaReference(whole.Reference.Id + Suffix, document);

    /// <summary>Adds the schema of changes to this one: a resource, which keeps its id, or an object within one.</summary>
    public void Add(string name, bool isWithin = false)
    {
        var whole = (OpenApiSchema)schemas[name];
        if (schemas.ContainsKey(name + Suffix))
        {
            return;
        }

        schemas[name + Suffix] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = $"Changes to `{name}` (RFC 7396): members that are given replace the present ones, null takes a member away.",
            AdditionalPropertiesAllowed = false,
            Properties = whole.Properties!
                .Where(property => property.Value is not OpenApiSchema { ReadOnly: true } && (isWithin || property.Key != "id"))
                .ToDictionary(
                    property => property.Key,
                    property => Changed(property.Value, mayGo: whole.Required?.Contains(property.Key) != true),
                    StringComparer.Ordinal),
        };
    }

    private IOpenApiSchema Changed(IOpenApiSchema property, bool mayGo)
    {
        if (property is OpenApiSchemaReference reference)
        {
            Add(reference.Reference.Id!, isWithin: true);
            var patch = Of(reference, document);
            return mayGo
                ? new OpenApiSchema { Description = reference.Description, OneOf = [patch, new OpenApiSchema { Type = JsonSchemaType.Null }] }
                : patch;
        }

        var changed = (OpenApiSchema)property.CreateShallowCopy();
        changed.Type |= mayGo ? JsonSchemaType.Null : 0;
        changed.AdditionalProperties = changed.AdditionalProperties is { } entry ? Changed(entry, mayGo: true) : null;
        return changed;
    }
}
