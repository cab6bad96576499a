using System.Text.Json.Nodes;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Security;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CLSM.Directory.Api.Contract;

/// <summary>Completes each operation from what it declares: parameters, headers, every response it can give, and an example that works.</summary>
internal sealed class OperationContractFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<Operation>().SingleOrDefault() is not { } declared)
        {
            return;
        }

        var method = context.ApiDescription.HttpMethod!;
        var path = "/" + context.ApiDescription.RelativePath;
        var isList = path.Split('/')[^1] is not ("{id}" or "{council}" or "document" or "{code}" or "vocabularies" or "template.csv" or "schema.json") && method == "GET";
        var changesExisting = method is "PUT" or "PATCH" or "DELETE";
        var inCouncil = path.Contains("{council}", StringComparison.Ordinal);

        operation.Parameters = [.. PathParameters(path, operation.OperationId!, context), .. declared.Parameters.Select(Query), .. Headers(method, changesExisting, operation.OperationId!)];
        operation.Security = declared.Scope is RequiredScope.None
            ? []
            : [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ContractText.SecurityScheme, context.Document)] = [] }];

        operation.Responses ??= [];
        foreach (var (status, response) in operation.Responses.ToList())
        {
            Describe((OpenApiResponse)response, status, operation.OperationId!, isList);
        }

        foreach (var (status, description) in Problems(method, declared, path, changesExisting, inCouncil))
        {
            operation.Responses[status] = Problem(status, description, context);
        }

        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
            body.Description = method == "PATCH" ? "The members to change." : operation.OperationId is "importSheets" or "validateSheets" ? "Sheets, or for a validation a council document." : "The resource, whole.";
            foreach (var content in body.Content!.Values.OfType<OpenApiMediaType>())
            {
                content.Example = Examples.Request(operation.OperationId!, body.Content.First(pair => pair.Value == content).Key);
                if (method == "PATCH" && content.Schema is OpenApiSchemaReference whole)
                {
                    content.Schema = new OpenApiSchemaReference($"{whole.Reference.Id}Patch", context.Document);
                }
            }
        }
    }

    private static IEnumerable<OpenApiParameter> PathParameters(string path, string operationId, OperationFilterContext context)
    {
        _ = context;
        foreach (var name in path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment.Trim('{', '}')))
        {
            yield return new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Description = name switch { "council" => "Code of the council.", "id" => "Id of the resource in its council.", _ => "Code of the list." },
                Example = Examples.Path(operationId, name),
                Schema = name == "id"
                    ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }
                    : new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", MaxLength = 100 },
            };
        }
    }

    private static OpenApiParameter Query(QueryParameter parameter)
    {
        var value = parameter.Schema();
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description + (parameter.IsList ? " Several values by comma or by repetition." : ""),
            Style = ParameterStyle.Form,
            Explode = false,
            Schema = parameter.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value, MinItems = 1, MaxItems = 1000 } : value,
        };
    }

    private static IEnumerable<OpenApiParameter> Headers(string method, bool changesExisting, string operationId)
    {
        yield return Header("Accept-Language", "`fr` (default) or `en`: the language of problems.", null, "^[ -~]*$");
        if (method == "GET")
        {
            yield return Header("If-None-Match", "An ETag that was read before: 304 where nothing has changed since.", null, "^[ -~]*$");
        }

        if (changesExisting)
        {
            yield return Header("If-Match", "The ETag that was read, so that nobody's change is lost; `*` for whatever is there now."
                + (operationId == "replaceCouncilDocument" ? " Not needed to create a council." : ""), "*", "^[ -~]+$");
        }
    }

    private static OpenApiParameter Header(string name, string description, string? example, string pattern) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Example = example is null ? null : (JsonNode)example,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 500, Pattern = pattern },
    };

    private static void Describe(OpenApiResponse response, string status, string operationId, bool isList)
    {
        response.Description = status switch { "201" => "Created.", "204" => "Removed.", _ => isList ? "A page of the list." : operationId is "importSheets" or "validateSheets" ? "What was done, or would be, line by line." : "The resource." };
        response.Headers = new Dictionary<string, IOpenApiHeader>();
        if (status != "204" && operationId is not ("importSheets" or "validateSheets"))
        {
            response.Headers["ETag"] = ResponseHeader("Version of the answer, for `If-None-Match` and `If-Match`.");
            response.Headers["Last-Modified"] = ResponseHeader("When what is answered last changed.");
            response.Headers["Cache-Control"] = ResponseHeader("How long the answer may be kept.");
        }

        if (isList)
        {
            response.Headers["Link"] = ResponseHeader("The next page, `rel=\"next\"`; absent on the last one.");
        }

        if (status == "201")
        {
            response.Headers["Location"] = ResponseHeader("Address of what was created.");
        }

        foreach (var content in (response.Content ?? new Dictionary<string, IOpenApiMediaType>()).Values.OfType<OpenApiMediaType>())
        {
            content.Example = Examples.Response(operationId);
        }
    }

    private static IEnumerable<(string Status, string Description)> Problems(string method, Operation declared, string path, bool changesExisting, bool inCouncil)
    {
        var isWrite = method != "GET";
        var isOne = path.EndsWith('}') || path.EndsWith("/document", StringComparison.Ordinal);
        yield return ("400", isWrite ? "The body is not readable JSON, or a parameter is unknown or invalid." : "A parameter is unknown or invalid; the closest valid one is named.");
        yield return ("401", declared.Scope is RequiredScope.None ? "The key that was sent is not valid." : "No valid key was sent.");
        if (declared.Scope is not RequiredScope.None)
        {
            yield return ("403", "The key does not allow it.");
        }

        if (inCouncil || isOne)
        {
            yield return ("404", "There is no such resource.");
        }

        if (inCouncil)
        {
            yield return ("301", "The council was renamed: its present address is in `Location`.");
            yield return ("308", "The council was renamed (writes), or merged into another: the address is in `Location`.");
            yield return ("410", "It was removed; the reason is given.");
        }

        if (method == "GET")
        {
            yield return ("304", "Nothing has changed since the ETag of `If-None-Match`.");
        }

        yield return ("406", "`Accept` leaves no room for the format of the answer.");
        if (isWrite && method != "DELETE")
        {
            yield return ("409", "It exists already, or contradicts something that exists.");
            yield return ("413", "The body is too large.");
            yield return ("415", "The body is not of the media type that is expected.");
            yield return ("422", "The content is refused; each error names its place. Nothing was stored.");
        }

        if (method == "DELETE" && path.Contains("organisations", StringComparison.Ordinal))
        {
            yield return ("409", "Something in the council still refers to it.");
        }

        if (changesExisting)
        {
            yield return ("412", "It has changed since it was read.");
            yield return ("428", "`If-Match` is missing.");
        }

        yield return ("500", "The directory met an error.");
        yield return ("503", "The database does not answer for the moment; see `Retry-After`.");
    }

    private static OpenApiResponse Problem(string status, string description, OperationFilterContext context)
    {
        var response = new OpenApiResponse { Description = description };
        if (status is "301" or "308")
        {
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Location"] = ResponseHeader("The address to follow.") };
            return response;
        }

        if (status == "304")
        {
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = ResponseHeader("The ETag that still holds.") };
            return response;
        }

        if (status == "503")
        {
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = ResponseHeader("Seconds to wait.") };
        }

        response.Content = new Dictionary<string, IOpenApiMediaType>
        {
            [MediaTypes.Problem] = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository) },
        };
        return response;
    }

    private static OpenApiHeader ResponseHeader(string description) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 2000 },
    };
}
