using CLSM.Directory.Api.Web.Json;

namespace CLSM.Directory.Api.Features.OrganisationGroups;

/// <summary>Organisations of several councils: <c>/v1/organisations/groups</c> and <c>/v1/organisations/candidates</c>.</summary>
internal static class OrganisationGroupsFeature
{
    public static IServiceCollection AddOrganisationGroups(this IServiceCollection services)
    {
        services.AddScoped<OrganisationGroupQueries>();
        return services.AddJsonContext(OrganisationGroupsJsonContext.Instance);
    }

    public static void MapOrganisationGroups(this IEndpointRouteBuilder v1) => OrganisationGroupRoutes.Map(v1);
}
