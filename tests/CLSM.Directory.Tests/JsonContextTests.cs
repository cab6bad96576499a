using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Database;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Tests;

/// <summary>The JSON metadata of all folders. The service is built and never started, so no database is needed.</summary>
internal sealed class JsonContextTests
{
    /// <summary>The contexts of files that ship with the program have options of their own.</summary>
    private static readonly IReadOnlyList<Type> Contexts =
        [.. typeof(DirectoryApplication).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)) && type.GetProperty("Instance") is not null)];

    [Test]
    public async Task The_chain_holds_every_context_and_reflects_on_nothing()
    {
        const string Nowhere = "Host=127.0.0.1";
        await using var service = DirectoryApplication.Build(new DirectoryDatabase(Nowhere, Nowhere, Nowhere), []);
        var chain = service.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.TypeInfoResolverChain;
        Assert.Multiple(() =>
        {
            Assert.That(chain.OfType<JsonSerializerContext>().Select(context => context.GetType()), Is.SupersetOf(Contexts));
            Assert.That(chain.OfType<DefaultJsonTypeInfoResolver>(), Is.Empty);
        });
    }

    [TestCaseSource(nameof(Contexts))]
    public async Task A_context_has_the_options_of_all_answers(Type type)
    {
        const string Nowhere = "Host=127.0.0.1";
        await using var service = DirectoryApplication.Build(new DirectoryDatabase(Nowhere, Nowhere, Nowhere), []);
        var answers = service.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var own = ((JsonSerializerContext)type.GetProperty("Instance")!.GetValue(null)!).Options;
        Assert.Multiple(() =>
        {
            Assert.That(Settings(own), Is.EquivalentTo(Settings(answers)));
            Assert.That(Converters(own), Is.EqualTo(Converters(answers)));
        });
    }

    private static Dictionary<string, object?> Settings(JsonSerializerOptions options) => typeof(JsonSerializerOptions).GetProperties()
        .Where(property => property.CanWrite)
        .Where(property => property.PropertyType.IsValueType || property.Name is nameof(JsonSerializerOptions.PropertyNamingPolicy) or nameof(JsonSerializerOptions.Encoder))
        .Where(property => !property.IsDefined(typeof(ObsoleteAttribute), inherit: false))
        .ToDictionary(property => property.Name, property => property.GetValue(options), StringComparer.Ordinal);

    private static IEnumerable<Type> Converters(JsonSerializerOptions options) => options.Converters.Select(converter => converter.GetType());
}
