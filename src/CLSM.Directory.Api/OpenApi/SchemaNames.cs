using CLSM.Directory.Api.Features.Exports;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>Names of schemas, as generated clients will name their classes.</summary>
internal static class SchemaNames
{
    public static string Of(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Page<>) ? $"{Of(type.GetGenericArguments()[0])}Page"
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Export<>) ? $"{Of(type.GetGenericArguments()[0])}Export"
        : type == typeof(CouncilEvent) ? "Event"
        : type == typeof(ReferenceVersion) ? "ReferenceStanding"
        : type.Name;
}
