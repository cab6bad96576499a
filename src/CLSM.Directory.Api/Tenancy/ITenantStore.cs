namespace CLSM.Directory.Api.Tenancy;

/// <summary>What stands, or stood, under an identifier.</summary>
internal abstract record TenantLookup
{
    public sealed record Found(TenantInfo Tenant, bool IsMerged) : TenantLookup;

    public sealed record Renamed(string Identifier) : TenantLookup;

    public sealed record Removed(string? Reason) : TenantLookup;

    public sealed record Unknown : TenantLookup;
}

/// <summary>Finds the tenant of an identifier.</summary>
internal interface ITenantStore
{
    Task<TenantLookup> FindAsync(string identifier, CancellationToken cancellationToken);

    /// <summary>Those of the identifiers under which something stands, or stood.</summary>
    Task<IReadOnlyList<string>> KnownAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken);
}
