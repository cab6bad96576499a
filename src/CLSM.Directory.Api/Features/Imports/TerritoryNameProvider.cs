using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Importing;

namespace CLSM.Directory.Api.Features.Imports;

/// <summary>Gives the names for sheets, outside of any request too.</summary>
internal sealed class TerritoryNameProvider(TenantScope<PublishedDbContext> scopes, TerritoryNameIndex index)
{
    public async Task<ITerritoryNames> GetAsync(CancellationToken cancellationToken) =>
        new ReferenceTerritories(await scopes.RunAsync(published => index.GetAsync(published, cancellationToken)));
}
