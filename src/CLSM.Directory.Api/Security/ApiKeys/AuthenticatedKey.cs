namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>A valid key, as authentication needs it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsAdministrator">Whether it may write everything.</param>
/// <param name="Councils">The councils that it may write.</param>
/// <param name="Regions">The regions whose contacts for partners it may read.</param>
/// <param name="IsUseToRecord">Whether its last recorded use is old enough to record this one.</param>
internal sealed record AuthenticatedKey(
    Guid Id, string Name, bool IsAdministrator, IReadOnlyList<Guid> Councils, IReadOnlyList<string> Regions, bool IsUseToRecord);
