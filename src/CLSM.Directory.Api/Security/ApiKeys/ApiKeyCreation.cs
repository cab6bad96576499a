namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>What became of a key to be made.</summary>
internal abstract record ApiKeyCreation
{
    /// <summary>It was made; its secret is shown this once.</summary>
    public sealed record Created(string Secret) : ApiKeyCreation;

    /// <summary>One of its scopes names a council or region that does not exist.</summary>
    public sealed record UnknownScope(string Scope) : ApiKeyCreation;
}
