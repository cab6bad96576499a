namespace CLSM.Directory.Api.Features.Territories;

/// <summary>The territorial reference: <c>/v1/territories</c>.</summary>
internal static class TerritoriesFeature
{
    public static void MapTerritories(this IEndpointRouteBuilder v1) => TerritoryRoutes.Map(v1);
}
