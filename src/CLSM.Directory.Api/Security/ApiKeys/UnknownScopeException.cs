namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>The command line named a council or region that does not exist.</summary>
internal sealed class UnknownScopeException(string scope) : Exception($"There is no such council or region: “{scope}”.");
