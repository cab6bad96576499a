using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CLSM.Directory.Api.Contract;

/// <summary>What concerns the contract as a whole: servers, tags, and the schemas of merge patches.</summary>
internal sealed class DocumentContractFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Servers = [new OpenApiServer { Url = "/", Description = "This service." }];
        swaggerDoc.Tags = ContractText.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
        var schemas = swaggerDoc.Components!.Schemas!;
        foreach (var name in PatchedSchemas(swaggerDoc))
        {
            schemas[$"{name}Patch"] = Patch((OpenApiSchema)schemas[name], name);
        }

        swaggerDoc.Components.Schemas = schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<string> PatchedSchemas(OpenApiDocument document) => document.Paths
        .SelectMany(path => path.Value.Operations ?? [])
        .Where(operation => operation.Key == HttpMethod.Patch)
        .SelectMany(operation => operation.Value.RequestBody!.Content!.Values)
        .Select(content => ((OpenApiSchemaReference)content.Schema!).Reference.Id![..^"Patch".Length])
        .Distinct();

    /// <summary>Every member may be absent, or null to take it away.</summary>
    private static OpenApiSchema Patch(OpenApiSchema whole, string name) => new()
    {
        Type = JsonSchemaType.Object,
        Description = $"Changes to a {name} (RFC 7396): members that are given replace the present ones, null takes a member away.",
        AdditionalPropertiesAllowed = false,
        Properties = whole.Properties!.Where(property => property.Value is not OpenApiSchema { ReadOnly: true }).ToDictionary(
            property => property.Key,
            property => property.Value is OpenApiSchema { Type: { } type } schema ? Nullable(schema, type) : new OpenApiSchema
            {
                OneOf = [property.Value, new OpenApiSchema { Type = JsonSchemaType.Null }],
            },
            StringComparer.Ordinal),
    };

    private static IOpenApiSchema Nullable(OpenApiSchema schema, JsonSchemaType type)
    {
        var copy = (OpenApiSchema)schema.CreateShallowCopy();
        copy.Type = type | JsonSchemaType.Null;
        return copy;
    }
}
