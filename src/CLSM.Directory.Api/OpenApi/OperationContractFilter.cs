using CLSM.Directory.Api.Features.ApiKeys;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.Features.Coverage;
using CLSM.Directory.Api.Features.DataProtection;
using CLSM.Directory.Api.Features.Exports;
using CLSM.Directory.Api.Features.History;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Api.Features.Search;
using CLSM.Directory.Api.Features.Statistics;
using CLSM.Directory.Api.Features.Territories;
using CLSM.Directory.Api.Idempotency;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.StaleResponses;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>Completes each operation from what it declares: parameters, headers, every answer it can give, and an example that works.</summary>
internal sealed class OperationContractFilter(ApiChangelog history, PartTypeCatalogue types) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<EndpointContract>().SingleOrDefault() is not { } declared)
        {
            return;
        }

        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var subject = new OperationSubject(metadata.OfType<PartType>().SingleOrDefault(), metadata.OfType<ExportDefinition>().SingleOrDefault());
        var method = context.ApiDescription.HttpMethod!;
        var isRepeatable = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IdempotencyMetadata>().Any();
        var path = "/" + context.ApiDescription.RelativePath!.TrimEnd('/');
        var document = context.Document;
        IEnumerable<OpenApiParameter> own = [.. Path(path, operation.OperationId!, subject), .. declared.Parameters.Select(Query)];
        operation.Parameters =
        [
            .. own.Select(parameter => SharedParameters.Once(document, parameter)),
            .. SharedParameters.HeadersOf(document, method, isRepeatable, declared.RequiresIfMatch),
            .. declared.MediaTypes.Contains(MediaTypes.EventStream) ? [SharedParameters.LastEventId(document)] : Array.Empty<IOpenApiParameter>(),
        ];
        operation.RequestBody = declared.BodyParameters is { } question ? BodyParameterSchemas.Body(question, operation.OperationId!, context) : operation.RequestBody;
        operation.Deprecated = history.DeprecationOf(operation.OperationId) is not null;
        operation.Security = Security(declared.Scope, document);
        if (declared.Scope is not RequiredScope.None)
        {
            // OpenAPI 3.1 would have it among the requirements of `security`, where linters still take it for an OAuth scope.
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            operation.Extensions["x-required-scope"] = new JsonNodeExtension(declared.Scope is RequiredScope.Administrator ? "admin" : "council");
        }

        operation.Responses = Responses(operation, method, path, declared, subject, document);
        if (declared.BodyParameters is null && operation.RequestBody is OpenApiRequestBody body)
        {
            Describe(body, operation.OperationId!, method, subject, document);
        }
    }

    private static IEnumerable<OpenApiParameter> Path(string path, string operationId, OperationSubject subject) =>
        path.Split('/').Where(segment => segment.EndsWith('}')).Select(segment => segment[(segment.IndexOf('{', StringComparison.Ordinal) + 1)..^1]).Select(name => ExportExamples.Path(subject.Export, name) ?? new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = name switch { "council" => "Code of the council.", "id" => "Id of the resource in its council.", _ when TerritoryExamples.Path(name) is not null => TerritoryExamples.Description(name), _ => "Code of the list." },
            Example = Examples.Path(operationId, name, subject.Part),
            Schema = name == "id"
                ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 }
                : TerritoryExamples.Path(name) is not null ? new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[0-9AB]+$", MinLength = 1, MaxLength = 9 }
                : new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", MaxLength = 100 },
        });

    private static OpenApiParameter Query(QueryParameter parameter)
    {
        var value = parameter.Schema();
        SchemaBounds.Bound(value);
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description + (parameter.IsList ? " Several values by comma (`a,b`) or by repetition." : ""),
            Required = parameter.IsRequired,
            Example = parameter.Example,
            Explode = !parameter.IsList,
            Schema = parameter.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value, MinItems = 1, MaxItems = ParsedQuery.MaxInAddress } : value,
        };
    }

    /// <summary>Reading what is public needs no key; with one, what the key may see is read.</summary>
    private static List<OpenApiSecurityRequirement> Security(RequiredScope scope, OpenApiDocument document)
    {
        var key = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ContractText.SecurityScheme, document)] = [] };
        return scope is RequiredScope.None ? [[], key] : [key];
    }

    private OpenApiResponses Responses(
        OpenApiOperation operation, string method, string path, EndpointContract declared, OperationSubject subject, OpenApiDocument document)
    {
        var answers = new SortedDictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        foreach (var (status, response) in operation.Responses ?? [])
        {
            answers[status] = Success((OpenApiResponse)response, status, operation.OperationId!, subject, document);
            OldAnswers(answers[status], method, declared, document);
        }

        foreach (var (status, name) in Others(operation, method, path, declared, subject))
        {
            answers[status] = ProblemResponses.Of(document, name);
        }

        var responses = new OpenApiResponses();
        foreach (var (status, answer) in answers)
        {
            responses[status] = answer;
        }

        return responses;
    }

    /// <summary>What everybody may read goes on while the database is away, exports excepted.</summary>
    private static void OldAnswers(IOpenApiResponse answer, string method, EndpointContract declared, OpenApiDocument document)
    {
        if (method != "GET" || declared.Scope is not RequiredScope.None || answer.Headers is not { } headers || !headers.ContainsKey("ETag") || headers.ContainsKey(ExportRoutes.CursorHeader))
        {
            return;
        }

        foreach (var (name, header) in SharedHeaders.Of(document, "Age", CachedResponse.CacheStatus))
        {
            headers[name] = header;
        }
    }

    private OpenApiResponse Success(
        OpenApiResponse response, string status, string operationId, OperationSubject subject, OpenApiDocument document)
    {
        var isQuestion = Examples.IsQuestion(operationId);
        var isPage = isQuestion || (operationId.StartsWith("list", StringComparison.Ordinal) && operationId != "listVocabularies") || CoverageExamples.IsPage(operationId);
        IEnumerable<string> headers = status == "204" ? [] : ["ETag", "Cache-Control", "Vary"];
        headers = status == "204" || operationId is "listVocabularies" or "getVocabulary" or "getOembed" || SheetExamples.IsText(operationId) ? headers : [.. headers, "Last-Modified"];
        headers = operationId == "importSheets" ? ["Cache-Control", "Idempotent-Replayed"] : SheetExamples.TakesSheets(operationId) ? ["Cache-Control"] : headers;
        headers = ApiKeyExamples.IsAbout(operationId) && status is "200" or "201" && !isPage ? ["Cache-Control", "Idempotent-Replayed"] : headers;
        headers = operationId == DataProtectionExamples.Objection ? ["Cache-Control", "Idempotent-Replayed"] : headers;
        headers = subject.Export is not null ? [.. headers, ExportRoutes.CursorHeader, "Content-Disposition", "Accept-Ranges"] : headers;
        headers = operationId == SearchExamples.Operation ? ["ETag", "Cache-Control", "Vary", "Link"] : headers;
        headers = isPage && !isQuestion ? [.. headers, "Link"] : status == "201" && !ApiKeyExamples.IsAbout(operationId) ? [.. headers, "Location", "Idempotent-Replayed"] : headers;
        response.Description = status switch
        {
            "201" => "Created.",
            "204" => operationId == "revokeKey" ? "Revoked." : "Removed.",
            _ => isPage ? "A page of the list."
                : operationId == SearchExamples.Operation ? "A page of the hits."
                : operationId == DataProtectionExamples.Objection ? "Withdrawn, and erased."
                : SheetExamples.TakesSheets(operationId) ? "What was done, or would be, line by line." : "The resource.",
        };
        response.Headers = SharedHeaders.Of(document, headers);
        foreach (var (mediaType, content) in (response.Content ?? new Dictionary<string, IOpenApiMediaType>()).Select(pair => (pair.Key, (OpenApiMediaType)pair.Value)))
        {
            content.Examples = mediaType == MediaTypes.Xml ? null : Examples.Response(operationId, subject, document);
            if (mediaType is MediaTypes.Csv or MediaTypes.Xml)
            {
                // The bounds of one text are not those of a file.
                content.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[^\\x00]*$", MaxLength = int.MaxValue };
            }
        }

        if (operationId == HistoryExamples.Operation && response.Content![MediaTypes.Json] is OpenApiMediaType either)
        {
            either.Schema = new OpenApiSchema { OneOf = [either.Schema!, new OpenApiSchemaReference("CouncilDocument", document)] };
            response.Description = "A page of the history; or, with `at`, the document as it was.";
        }

        if (response.Content?.TryGetValue(MediaTypes.EventStream, out var stream) == true && stream is OpenApiMediaType events)
        {
            ChangeExamples.Describe(events);
        }

        if (subject.Export is { } export)
        {
            response.Description = "The export, whole or broken off.";
            ExportExamples.Describe(response, export, types);
        }

        return response;
    }

    /// <summary>Every other answer that the operation can give.</summary>
    private static IEnumerable<(string Status, string Name)> Others(
        OpenApiOperation operation, string method, string path, EndpointContract declared, OperationSubject subject)
    {
        var (operationId, scope) = (operation.OperationId!, declared.Scope);
        var isRead = method == "GET";
        var inCouncil = path.Contains("{council}", StringComparison.Ordinal);
        yield return ("400", method is "GET" or "DELETE" ? "InvalidParameter" : "UnreadableRequest");
        yield return ("401", scope is RequiredScope.None ? "InvalidKey" : "KeyNeeded");
        yield return ("406", "NotAcceptable");
        yield return ("429", "TooManyRequests");
        yield return ("431", "HeadersTooLarge");
        yield return ("500", "Failed");
        yield return ("503", subject.Export is null ? "Unavailable" : "TooManyExports");
        if (inCouncil || path.EndsWith('}') || path.Contains("{id}", StringComparison.Ordinal) || operationId == "getOembed")
        {
            yield return ("404", "NotFound");
        }

        if (operationId == "getOembed")
        {
            yield return ("410", "Removed");
        }

        if (DataProtectionExamples.IsAbout(operationId))
        {
            yield return ("410", "Withdrawn");
        }

        if (operationId == DataProtectionExamples.Objection)
        {
            yield return ("403", "Forbidden");
            yield return ("409", "RequestUnderWay");
            yield return ("422", "KeyReused");
            yield break;
        }

        if (inCouncil)
        {
            yield return isRead ? ("301", "Renamed") : ("308", "Moved");
            yield return ("410", "Removed");
        }

        if (declared.Parameters.Concat(declared.BodyParameters ?? []).Any(parameter => parameter.Name == "region") && !path.Contains("/territories/", StringComparison.Ordinal))
        {
            yield return ("422", "UnknownPlace");
        }

        if (declared.BodyParameters is not null)
        {
            yield return ("413", "ContentTooLarge");
            yield return ("415", "JsonExpected");
            yield break;
        }

        if (isRead)
        {
            yield return ("304", "NotModified");
            if (CoverageExamples.LooksUp(operationId) || operationId == StatisticsExamples.Operation)
            {
                yield return ("422", "UnknownPlace");
            }

            if (scope is not RequiredScope.None)
            {
                yield return ("403", "Forbidden");
            }

            if (path.EndsWith("{council}", StringComparison.Ordinal))
            {
                yield return ("308", "Moved");
            }

            yield break;
        }

        if (method == "POST" && scope is not RequiredScope.None && !inCouncil)
        {
            yield return ("410", "AnswerErased");
        }

        if (SheetExamples.TakesSheets(operationId))
        {
            if (scope is not RequiredScope.None)
            {
                yield return ("409", "RequestUnderWay");
                yield return ("422", "KeyReused");
            }
            else
            {
                // Of a body that is one JSON value: half a surrogate pair in it.
                yield return ("422", "InvalidContent");
            }

            yield return ("413", "ContentTooLarge");
            yield return ("415", "SheetsExpected");
            yield break;
        }

        yield return ("403", "Forbidden");
        if (method != "POST" && declared.RequiresIfMatch)
        {
            yield return ("412", "VersionChanged");
            yield return ("428", "IfMatchNeeded");
        }

        if (method == "DELETE")
        {
            if (subject.Part?.RemovalConflict is { } conflict)
            {
                yield return ("409", conflict);
            }

            yield break;
        }

        if (operation.RequestBody is null)
        {
            yield return ("409", "KeyEnded");
            yield return ("422", "KeyReused");
            yield break;
        }

        yield return ("409", path.EndsWith("councils", StringComparison.Ordinal) || path.EndsWith("{council}", StringComparison.Ordinal) ? "CodeTaken" : "AlreadyExists");
        yield return ("413", "ContentTooLarge");
        yield return ("415", method == "PATCH" ? "MergePatchExpected" : "JsonExpected");
        yield return ("422", "InvalidContent");
    }

    private static void Describe(OpenApiRequestBody body, string operationId, string method, OperationSubject subject, OpenApiDocument document)
    {
        body.Required = true;
        body.Description = method == "PATCH" ? "The members to change." : SheetExamples.TakesSheets(operationId) ? "Sheets, or for a validation a council document." : "The resource, whole.";
        foreach (var (mediaType, content) in body.Content!.Select(pair => (pair.Key, (OpenApiMediaType)pair.Value)))
        {
            content.Schema = method == "PATCH" ? PatchSchemas.Of((OpenApiSchemaReference)content.Schema!, document)
                : mediaType is MediaTypes.Ndjson or MediaTypes.Csv ? new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = (int)SheetRoutes.MaxBytes }
                : content.Schema;
            content.Examples = Examples.Request(operationId, mediaType, subject.Part, document);
        }
    }
}
