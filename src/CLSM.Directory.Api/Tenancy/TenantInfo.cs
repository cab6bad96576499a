namespace CLSM.Directory.Api.Tenancy;

/// <summary>A tenant: one council.</summary>
internal sealed record TenantInfo(Guid Id, string Identifier);

/// <summary>
/// Which of the locks around a tenant are on. All are, always; a test replaces this record to prove that row-level security alone suffices.
/// </summary>
internal sealed record TenantIsolation
{
    public bool QueryFilters { get; init; } = true;
}
