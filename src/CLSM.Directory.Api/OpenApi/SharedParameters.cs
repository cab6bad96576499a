using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Idempotency;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>Parameters that many operations have, each described once.</summary>
internal static class SharedParameters
{
    /// <summary>Query parameters that are the same wherever they are taken.</summary>
    private static readonly string[] Queries = ["limit", "cursor", "updatedSince", "reason"];

    private static readonly Dictionary<string, OpenApiParameter> All = new(StringComparer.Ordinal)
    {
        ["acceptLanguage"] = Header("Accept-Language", "`fr` (default) or `en`: the language of problems."),
        ["ifNoneMatch"] = Header("If-None-Match", "An ETag that was read before: 304 where nothing has changed since."),
        ["idempotencyKey"] = Header(
            IdempotencyMetadata.Header,
            "A name of your own for this request, new for each (a UUID, say). Sent again with the same key and body within 24 hours, it is done once and answered as the first time, "
            + "with `Idempotent-Replayed: true`; another body is refused (422), and while the first is under way so is the second (409). A refused request is not kept."),
        ["ifMatch"] = Header("If-Match", "The ETag that was read, so that nobody's change is lost; `*` for whatever is there now. Not needed to create a council by its document.", "*"),
        ["lastEventId"] = Header("Last-Event-ID", "Of a stream of events: the `id` of the last one that was received; goes before `after`."),
    };

    public static IOpenApiParameter LastEventId(OpenApiDocument document) => new OpenApiParameterReference("lastEventId", document);

    /// <summary>References to the headers that a request of this method takes.</summary>
    public static IEnumerable<IOpenApiParameter> HeadersOf(OpenApiDocument document, string method, bool isRepeatable, bool isConditional)
    {
        yield return new OpenApiParameterReference("acceptLanguage", document);
        if (isRepeatable)
        {
            yield return new OpenApiParameterReference("idempotencyKey", document);
        }

        if (method == "GET")
        {
            yield return new OpenApiParameterReference("ifNoneMatch", document);
        }
        else if (method != "POST" && isConditional)
        {
            yield return new OpenApiParameterReference("ifMatch", document);
        }
    }

    /// <summary>The parameter, or a reference to it where many operations have it.</summary>
    public static IOpenApiParameter Once(OpenApiDocument document, OpenApiParameter parameter)
    {
        var name = parameter.In is ParameterLocation.Query ? Array.Find(Queries, name => name == parameter.Name)
            : parameter.Example?.GetValue<string>() switch
            {
                "grenoble" => parameter.Name,
                SandboxCouncil.Code => "councilWritten",
                _ => null,
            };
        if (name is null)
        {
            return parameter;
        }

        document.AddComponent(name, parameter);
        return new OpenApiParameterReference(name, document);
    }

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var (name, parameter) in All)
        {
            document.AddComponent(name, parameter);
        }
    }

    private static OpenApiParameter Header(string name, string description, string? example = null) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Example = example,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 500, Pattern = "^[ -~]*$" },
    };
}
