using System.Text.RegularExpressions;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>What may stand only in certain files: SQL, and the lookup of services.</summary>
internal sealed partial class PlaceTests
{
    [Test]
    public void Only_the_database_the_geography_and_classes_of_queries_contain_sql() =>
        Assert.That(
            LinesOf(SqlText(), file =>
                IsOf(file, "Database/", "Queries/", "Geography/") || file.EndsWith("Queries.cs", StringComparison.Ordinal)),
            Is.Empty);

    [Test]
    public void Only_the_composition_and_the_command_line_look_services_up() =>
        Assert.That(
            LinesOf(Lookup(), file =>
                IsOf(file, "CommandLine/", "DirectoryApplication.cs", "Tenancy/TenantScope.cs", "OpenApi/OpenApiSetup.cs")
                || Composition().IsMatch(file)),
            Is.Empty);

    private static IEnumerable<string> LinesOf(Regex pattern, Func<string, bool> mayContain) =>
        from file in SourceTree.FilesOf("CLSM.Directory.Api")
        where !mayContain(file.Path)
        from line in file.Text.Split('\n')
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(line)
        select $"{file.Path}: {line.Trim()}";

    private static bool IsOf(string file, params string[] places) => places.Any(place => file.StartsWith(place, StringComparison.Ordinal));

    /// <summary>The name of a table or function with its schema, or the setting of a session.</summary>
    [GeneratedRegex(@"\b(?:directory|published|partners)\.[a-z_]+\b|\bset_config\(|\bset local\b")]
    private static partial Regex SqlText();

    /// <summary>Routes that depend on a catalogue read it while they are mapped.</summary>
    [GeneratedRegex(@"(?<!v1\.ServiceProvider)\.Get(?:Required)?(?:Keyed)?Services?<")]
    private static partial Regex Lookup();

    /// <summary>Files that compose, and the one result for which the framework has no other way.</summary>
    [GeneratedRegex(@"(?:Setup|Feature|Registration)\.cs$")]
    private static partial Regex Composition();
}
