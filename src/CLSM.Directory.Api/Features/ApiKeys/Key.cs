using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.ApiKeys;

/// <summary>A key to be made.</summary>
public sealed record NewKey
{
    /// <summary>An id of your own choice; without one the directory gives it.</summary>
    public Guid? Id { get; init; }

    /// <summary>Whose key it is, or what for.</summary>
    /// <example>ARS Grand Est</example>
    [Text(200)]
    public required string Name { get; init; }

    /// <summary>
    /// What it allows: `admin`, `council:{code}` for each council it may write, `read:restricted:{region}` to read the contacts for partners of the
    /// councils of a region (INSEE code).
    /// </summary>
    [Scope, MaxItems(100)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A key, without its secret but in the answer that made the secret.</summary>
public sealed record Key
{
    /// <summary>Id of the key.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose key it is, or what for.</summary>
    /// <example>ARS Grand Est</example>
    [Text(200)]
    public required string Name { get; init; }

    /// <summary>What it allows: `admin`, `council:{code}`, `read:restricted:{region}`.</summary>
    [Scope, MaxItems(100)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it got its present secret, if it is not the first.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Until when its secret before the last rotation is valid as well.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The secret, to be sent as `Authorization: Bearer clsm_…`. It is shown this once and stored nowhere.</summary>
    [Text(60)]
    public string? Secret { get; init; }

    internal static Key From(ApiKeyEntry entry, string? secret) => new()
    {
        Id = entry.Id,
        Name = entry.Name,
        Scopes = entry.Scopes,
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
        RevokedAt = entry.RevokedAt,
        RotatedAt = entry.RotatedAt,
        PreviousSecretUntil = entry.PreviousUntil,
        LastUsedAt = entry.LastUsedAt,
        Secret = secret,
    };
}

/// <summary>A scope of a key.</summary>
public sealed class ScopeAttribute : ConstraintAttribute
{
    internal override ValidationError? Check(System.Text.Json.JsonElement value)
    {
        var word = value.GetString()!;
        return GrantedScopes.IsScope(word)
            ? null
            : new ValidationError("unknown-scope", [word])
            {
                Value = word,
                Closest = ClosestMatch.Find(word, [GrantedScopes.Administrator, GrantedScopes.CouncilPrefix + "metz", GrantedScopes.RegionPrefix + "44"]),
            };
    }

    internal override ConstraintFacets Facets => new() { Pattern = "^(admin|council:[a-z0-9-]+|read:restricted:[0-9]{2})$", MaxLength = 100 };
}
