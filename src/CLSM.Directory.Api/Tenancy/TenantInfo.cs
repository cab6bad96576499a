namespace CLSM.Directory.Api.Tenancy;

/// <summary>A tenant: one council.</summary>
internal sealed record TenantInfo(Guid Id, string Identifier);
