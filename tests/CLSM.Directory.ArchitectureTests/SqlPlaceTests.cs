using System.Text.RegularExpressions;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>SQL has its places, so that whoever changes the schema knows where to look.</summary>
internal sealed partial class SqlPlaceTests
{
    private const string Api = "CLSM.Directory.Api";

    [Test]
    public void Statements_of_SQL_stand_in_the_database_the_queries_and_the_geography_only()
    {
        var elsewhere = SourceTree.FilesOf(Api)
            .Where(file => !MayHoldSql(file.Path) && SqlStatement().IsMatch(file.Text))
            .Select(file => $"{file.Path}: {SqlStatement().Match(file.Text).Value.Trim()}");
        Assert.That(elsewhere, Is.Empty);
    }

    private static bool MayHoldSql(string path) =>
        path.StartsWith("Database/", StringComparison.Ordinal)
        || path.StartsWith("Queries/", StringComparison.Ordinal)
        || path.StartsWith("Geography/", StringComparison.Ordinal)
        || path.EndsWith("Queries.cs", StringComparison.Ordinal);

    [GeneratedRegex(@"""\s*(with\s+\w+(\s*\([^)]*\))?\s+as\s*(materialized\s*)?\(|select\s+[\w(*{]|insert\s+into\s|update\s+\w+[\w.]*\s+set\s|delete\s+from\s|create\s+(database|role|schema)\s|drop\s+database\s|vacuum\s+full)")]
    private static partial Regex SqlStatement();
}
