using System.Reflection;
using CLSM.Directory.Model.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace CLSM.Directory.Api.Database.Contexts;

/// <summary>
/// Conditions on columns of the published views that are searched and never read. Were they members of the rows, every page would read the
/// words of every text; a join to them would leave the planner guessing.
/// </summary>
internal static class SearchColumns
{
    /// <summary>Whether the words of the row with this id fit a full-text query.</summary>
    public static bool HasWords(Guid id, string query) => throw InQueriesOnly(id, query);

    /// <summary>The full-text query that finds texts in which each word begins a word. What is left of any text is safe in it.</summary>
    public static string Query(string text) => string.Join(" & ", PlainText.Words(text, PlainTextOptions.LatinOnly | PlainTextOptions.DistinctWords).Select(word => $"{word}:*"));

    /// <summary>Whether one of these members is stated by no source of the row with this id.</summary>
    public static bool Misses(Guid id, string[] members) => throw InQueriesOnly(id, members);

    public static void AddTo(ModelBuilder model, string schema)
    {
        Add(nameof(HasWords), "has_words", "words");
        Add(nameof(Misses), "misses", "missing");

        void Add(string method, string function, string column) =>
            model.HasDbFunction(typeof(SearchColumns).GetMethod(method, BindingFlags.Public | BindingFlags.Static)!)
                .HasTranslation(arguments => new SqlFunctionExpression(schema, function, [Beside(arguments[0], column), arguments[1]], true, [true, true], typeof(bool), new BoolTypeMapping("boolean")));
    }

    /// <summary>Another column of the row whose id is given; only its name is ever written.</summary>
    private static ColumnExpression Beside(SqlExpression id, string column) =>
        new(column, ((ColumnExpression)id).TableAlias, id.Type, id.TypeMapping, nullable: true);

    private static NotSupportedException InQueriesOnly(Guid id, object asked) => new($"Only PostgreSQL can ask {asked} of {id}.");
}
