namespace CLSM.Directory.Api.Features.Vocabularies;

/// <summary>The code lists: <c>/v1/vocabularies</c>.</summary>
internal static class VocabulariesFeature
{
    public static void MapVocabularies(this IEndpointRouteBuilder v1) => VocabularyRoutes.Map(v1);
}
