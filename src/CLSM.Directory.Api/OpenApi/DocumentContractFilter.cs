using System.Text.Json.Nodes;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>What concerns the contract as a whole: server, order, and what operations share.</summary>
internal sealed class DocumentContractFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Servers =
        [
            new OpenApiServer
            {
                Url = "/",
                Description = "The installation that serves this contract: a production one, or your own local one.",
                Extensions = new Dictionary<string, IOpenApiExtension> { ["x-internal"] = new JsonNodeExtension(JsonValue.Create(false)) },
            },
        ];
        swaggerDoc.Tags = TagGroup.All.Select(purpose => new OpenApiTag { Name = purpose.Name, Description = purpose.Description }).ToHashSet();
        GroupByPurpose(swaggerDoc);
        swaggerDoc.Paths = InOrder(swaggerDoc.Paths);

        var problem = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        foreach (var schema in swaggerDoc.Components!.Schemas!.Values.Append(problem).Concat(SchemasOfBodies(swaggerDoc)))
        {
            SchemaBounds.Apply(schema, swaggerDoc.Components.Schemas);
        }

        AddPatches(swaggerDoc);
        SharedHeaders.AddTo(swaggerDoc);
        SharedParameters.AddTo(swaggerDoc);
        ProblemResponses.AddTo(swaggerDoc, problem);
        var components = swaggerDoc.Components;
        components.Schemas = Sorted(components.Schemas);
        components.Examples = Sorted(components.Examples!);
        components.Parameters = Sorted(components.Parameters!);
    }

    private static IEnumerable<IOpenApiSchema> SchemasOfBodies(OpenApiDocument document)
    {
        var operations = document.Paths.Values.SelectMany(path => path.Operations!.Values).ToList();
        return operations.Select(operation => operation.RequestBody?.Content)
            .Concat(operations.SelectMany(operation => operation.Responses!.Values.OfType<OpenApiResponse>()).Select(response => response.Content))
            .SelectMany(content => content?.Values ?? [])
            .Select(content => content.Schema!)
            .Where(schema => schema is not OpenApiSchemaReference { Reference.Id: var name } || !PatchSchemas.IsPatch(name!));
    }

    private static void AddPatches(OpenApiDocument document)
    {
        var patches = new PatchSchemas(document);
        foreach (var name in document.Paths.Values
            .Select(path => path.Operations!.GetValueOrDefault(HttpMethod.Patch)?.Responses!["200"].Content![MediaTypes.Json].Schema)
            .OfType<OpenApiSchemaReference>()
            .Select(reference => reference.Reference.Id!))
        {
            patches.Add(name);
        }
    }

    private static void GroupByPurpose(OpenApiDocument document)
    {
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations!)
            {
                var purpose = TagGroup.Of(operation.Tags!.Single().Name!, method, path);
                operation.Tags = new HashSet<OpenApiTagReference> { new(purpose.Name, document) };
            }
        }
    }

    /// <summary>The order of the tags, then of the addresses: the council's own before those of all councils, a list before its items.</summary>
    private static OpenApiPaths InOrder(OpenApiPaths paths)
    {
        var tags = TagGroup.All.Select(purpose => purpose.Name).ToList();
        var ordered = new OpenApiPaths();
        foreach (var (path, item) in paths
            .OrderBy(path => tags.IndexOf(path.Value.Operations!.Values.First().Tags!.First().Name!))
            .ThenByDescending(path => path.Key.StartsWith("/v1/councils", StringComparison.Ordinal))
            .ThenBy(path => path.Key, StringComparer.Ordinal))
        {
            ordered[path] = item;
        }

        return ordered;
    }

    private static Dictionary<string, T> Sorted<T>(IDictionary<string, T> named) => named.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
}
