using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Json;
using CLSM.Directory.Model.Quality;
using CLSM.Directory.Model.Vocabularies;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Web.Json;

/// <summary>The contexts of all folders, combined in the one resolver chain that answers and the contract use.</summary>
internal static class JsonSetup
{
    /// <summary>Sets the shared options and adds the contexts of the model and of the web.</summary>
    public static IServiceCollection AddJson(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json =>
        {
            JsonDefaults.Apply(json.SerializerOptions);
            // A record that no context knows must fail in the first test, not be reflected on at run time.
            var chain = json.SerializerOptions.TypeInfoResolverChain;
            foreach (var reflection in chain.OfType<DefaultJsonTypeInfoResolver>().ToList())
            {
                chain.Remove(reflection);
            }
        })
        .AddJsonContext(ModelJsonContext.Instance)
        .AddJsonContext(QualityJsonContext.Instance)
        .AddJsonContext(VocabulariesJsonContext.Instance)
        .AddJsonContext(ProblemsJsonContext.Instance)
        .AddJsonContext(PagingJsonContext.Instance);

    /// <summary>Adds the context of a feature.</summary>
    public static IServiceCollection AddJsonContext(this IServiceCollection services, JsonSerializerContext context) =>
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Add(context));

    /// <summary>The metadata of a type that an answer contains.</summary>
    /// <remarks>
    /// The framework gives a result nothing but the context of the request, and its own JSON results find the shared options in the same way.
    /// </remarks>
    public static JsonTypeInfo<T> JsonTypeInfo<T>(this HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.TypeInfo<T>();
}
