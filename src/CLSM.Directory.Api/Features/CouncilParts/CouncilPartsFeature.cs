namespace CLSM.Directory.Api.Features.CouncilParts;

/// <summary>The parts of councils, such as contacts and events: lists, reads and writes of every kind.</summary>
internal static class CouncilPartsFeature
{
    public static IServiceCollection AddCouncilParts(this IServiceCollection services)
    {
        services.AddScoped(typeof(PartReader<,>));
        return services.AddScoped<PartWriter>();
    }

    public static void MapCouncilParts(this IEndpointRouteBuilder v1, IEndpointRouteBuilder council) => PartRoutes.Map(v1, council);
}
