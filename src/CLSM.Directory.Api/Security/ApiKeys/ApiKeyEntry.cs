using CLSM.Directory.Api.Security.Callers;

namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>A key as it is listed: never its secret.</summary>
internal sealed record ApiKeyEntry(
    Guid Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTime CreatedAt,
    DateTime? ExpiresAt,
    DateTime? RevokedAt,
    DateTime? RotatedAt,
    DateTime? PreviousUntil,
    DateTime? LastUsedAt)
{
    public IReadOnlyList<string> Councils => GrantedScopes.Read(Scopes).Scopes.Councils;
}
