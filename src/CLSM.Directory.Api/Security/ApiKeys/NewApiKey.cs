using CLSM.Directory.Api.Security.Callers;

namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>A key to be made.</summary>
internal sealed record NewApiKey(Guid Id, string Name, GrantedScopes Scopes, DateTime? ExpiresAt);
