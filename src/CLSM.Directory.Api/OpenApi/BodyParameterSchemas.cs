using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>Bodies that ask what an address could ask too: an object whose members are the parameters.</summary>
internal static class BodyParameterSchemas
{
    public static OpenApiRequestBody Body(IReadOnlyList<QueryParameter> question, string operationId, OperationFilterContext context) => new()
    {
        Required = true,
        Description = "The words of the question; none of them is required.",
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [MediaTypes.Json] = new OpenApiMediaType
            {
                Schema = context.SchemaRepository.AddDefinition(char.ToUpperInvariant(operationId[0]) + operationId[1..], Schema(question)),
                Examples = Examples.Request(operationId, MediaTypes.Json, null, context.Document),
            },
        },
    };

    private static OpenApiSchema Schema(IReadOnlyList<QueryParameter> question) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Words are combined by AND, several values of one by OR.",
        AdditionalPropertiesAllowed = false,
        Properties = question.ToDictionary(parameter => parameter.Name, parameter => (IOpenApiSchema)Member(parameter), StringComparer.Ordinal),
    };

    private static OpenApiSchema Member(QueryParameter parameter)
    {
        var value = parameter.Schema();
        SchemaBounds.Bound(value);
        var member = parameter.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value, MinItems = 1, MaxItems = ParsedQuery.MaxInBody } : value;
        member.Description = parameter.Description;
        return member;
    }
}
