using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Importing.Mapping;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>The rules of the house: arrows run down only, and each kind of code stands on its floor.</summary>
internal sealed partial class FloorTests
{
    private const string Api = "CLSM.Directory.Api";

    /// <summary>From top to bottom. What stands on one line may use what stands below, and each other without a cycle.</summary>
    private static readonly string[][] Floors =
    [
        [$"{Api}.CommandLine"],
        [Api],
        [$"{Api}.Features.Guides"],
        [$"{Api}.OpenApi"],
        [$"{Api}.Features"],
        [$"{Api}.Queries", $"{Api}.Geography", $"{Api}.PartTypes", $"{Api}.Idempotency", $"{Api}.RateLimiting", $"{Api}.StaleResponses"],
        [$"{Api}.Database", $"{Api}.Tenancy", $"{Api}.Security"],
        [$"{Api}.Web"],
    ];

    /// <summary>The features that may use another feature; all others know none.</summary>
    private static readonly (string From, string To)[] FeaturesThatUseOthers =
    [
        ("Councils", "CouncilParts"),
        ("DataProtection", "CouncilParts"),
        ("DataProtection", "Councils"),
        ("Embedding", "Councils"),
        ("Exports", "Changes"),
        ("Exports", "Councils"),
        ("History", "Councils"),
        ("Imports", "Councils"),
        ("Quality", "Councils"),
        ("Sandbox", "Councils"),
    ];

    [Test]
    public void Arrows_run_down_only()
    {
        var upward = CompiledTypes.FoldersOf(typeof(DirectoryApplication).Assembly).Uses()
            .Where(use => FloorOf(use.To) < FloorOf(use.From))
            .Select(use => $"{use.From} -> {use.To} ({use.Because})");
        Assert.That(upward, Is.Empty);
    }

    [Test]
    public void A_feature_uses_another_only_where_it_is_listed()
    {
        var uses = CompiledTypes.FoldersOf(typeof(DirectoryApplication).Assembly).Uses()
            .Select(use => (From: FeatureOf(use.From), To: FeatureOf(use.To), use.Because))
            .Where(use => use.From is not null && use.To is not null && use.From != use.To)
            .ToList();
        var listed = FeaturesThatUseOthers.Select(pair => $"{pair.From} -> {pair.To}").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(uses.Where(use => !listed.Contains($"{use.From} -> {use.To}")).Select(use => $"{use.From} -> {use.To} ({use.Because})"), Is.Empty);
            Assert.That(listed.Except(uses.Select(use => $"{use.From} -> {use.To}")), Is.Empty, "listed, but not used any more");
        }
    }

    [Test]
    public void The_web_toolbox_knows_no_feature_and_no_database()
    {
        var uses = CompiledTypes.FoldersOf(typeof(DirectoryApplication).Assembly).Uses()
            .Where(use => use.From.StartsWith($"{Api}.Web", StringComparison.Ordinal) && !use.To.StartsWith($"{Api}.Web", StringComparison.Ordinal))
            .Select(use => $"{use.From} -> {use.To} ({use.Because})");
        var libraries = SourceTree.FilesOf(Api)
            .Where(file => file.Path.StartsWith("Web/", StringComparison.Ordinal))
            .Where(file => DatabaseLibrary().IsMatch(file.Text))
            .Select(file => file.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(uses, Is.Empty);
            Assert.That(libraries, Is.Empty);
        }
    }

    [Test]
    public void The_model_and_the_importer_know_neither_web_nor_database()
    {
        Assembly[] ground = [typeof(Council).Assembly, typeof(SheetMapper).Assembly];
        var references = ground.SelectMany(assembly => assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => ForbiddenBelow().IsMatch(name))
            .Select(name => $"{assembly.GetName().Name} -> {name}"));
        Assert.That(references, Is.Empty);
    }

    [Test]
    public void The_time_comes_from_a_time_provider()
    {
        string[] projects = [Api, "CLSM.Directory.Model", "CLSM.Directory.Importing", "CLSM.Directory.LocalPostgres"];
        var clocks = projects.SelectMany(SourceTree.FilesOf)
            .Where(file => SystemClock().IsMatch(file.Text))
            .Select(file => $"{file.Project}/{file.Path}");
        Assert.That(clocks, Is.Empty);
    }

    [Test]
    public void Nothing_takes_a_service_provider_but_composition()
    {
        var takers = typeof(DirectoryApplication).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !IsComposition(type))
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .OfType<MethodBase>()
                .Where(method => method.GetCustomAttribute<CompilerGeneratedAttribute>() is null
                    && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(IServiceProvider)))
                .Select(method => $"{type.FullName}.{method.Name}"));
        Assert.That(takers, Is.Empty);
    }

    [Test]
    public void No_type_of_the_service_is_open_for_inheritance_by_accident()
    {
        // The isolation tests derive a context without the tenant filter.
        Type[] openOnPurpose = [typeof(CouncilDbContext)];
        var open = typeof(DirectoryApplication).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Where(type => type.Namespace?.StartsWith("CLSM", StringComparison.Ordinal) == true)
            .Where(type => !typeof(DirectoryApplication).Assembly.GetTypes().Any(other => other.BaseType == type || other.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == type))
            .Except(openOnPurpose)
            .Select(type => type.FullName);
        Assert.That(open, Is.Empty);
    }

    /// <summary>0 is the top. A folder stands on the floor with the longest name that begins its own.</summary>
    private static int FloorOf(string folder) => Floors
        .SelectMany((names, floor) => names.Select(name => (name, floor)))
        .Where(entry => folder == entry.name || folder.StartsWith(entry.name + ".", StringComparison.Ordinal))
        .OrderByDescending(entry => entry.name.Length)
        .First().floor;

    private static string? FeatureOf(string folder) =>
        folder.StartsWith($"{Api}.Features.", StringComparison.Ordinal) ? folder[$"{Api}.Features.".Length..].Split('.')[0] : null;

    private static bool IsComposition(Type type) =>
        type.Namespace == Api
        || type.Namespace == $"{Api}.CommandLine"
        || type.Name.EndsWith("Feature", StringComparison.Ordinal)
        || type.Name.EndsWith("Setup", StringComparison.Ordinal)
        || type.Name.EndsWith("Registration", StringComparison.Ordinal);

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"Microsoft\.EntityFrameworkCore|\bNpgsql\b")]
    private static partial Regex DatabaseLibrary();

    [GeneratedRegex(@"^(Microsoft\.AspNetCore|Microsoft\.EntityFrameworkCore|Npgsql|Microsoft\.OpenApi|Swashbuckle)")]
    private static partial Regex ForbiddenBelow();
}
