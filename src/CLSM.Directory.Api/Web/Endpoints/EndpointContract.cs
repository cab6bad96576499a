using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Web.Endpoints;

/// <summary>What an endpoint takes, needs and answers: metadata that the endpoint filters check and the OpenAPI document shows.</summary>
internal sealed record EndpointContract(RequiredScope Scope = RequiredScope.None)
{
    /// <summary>The query parameters that the endpoint takes; any other is refused.</summary>
    public IReadOnlyList<QueryParameter> Parameters { get; init; } = [];

    /// <summary>The members of the body, where an endpoint takes its parameters in a body instead of the query.</summary>
    public IReadOnlyList<QueryParameter>? BodyParameters { get; init; }

    /// <summary>Whether a write needs the version that it changes (If-Match).</summary>
    public bool RequiresIfMatch { get; init; } = true;

    /// <summary>Whether an administrator may use the endpoint with a council code that does not exist yet.</summary>
    public bool CreatesCouncil { get; init; }

    /// <summary>Media types of the response; the first is the default.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = [Negotiation.MediaTypes.Json];

    /// <summary>The contract of the endpoint that was chosen for a request.</summary>
    public static EndpointContract Of(HttpContext context) => context.GetEndpoint()!.Metadata.GetRequiredMetadata<EndpointContract>();
}
