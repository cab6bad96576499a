namespace CLSM.Directory.Api.Features.Guides;

/// <summary>Pages for developers: <c>/guides</c>, <c>/problems</c> and <c>/changelog</c>.</summary>
internal static class GuidesFeature
{
    public static void MapGuides(this IEndpointRouteBuilder app) => GuideRoutes.Map(app);
}
