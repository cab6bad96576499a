using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// Recognises a database of the schema before <see cref="Migrations.InitialSchema"/>. No migration leads from there: its documents are
/// exported by the former version of the program, and imported into a new database.
/// </summary>
internal static class FormerSchema
{
    // Only the former schema has this function, in each of its versions. The catalogue may be read by every role.
    private const string Sql = """
        select exists (
            select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'directory' and p.proname = 'raise_council')
        """;

    /// <summary>Throws if the database has the former schema. A database that cannot be reached passes: whoever uses it reports that.</summary>
    /// <exception cref="FormerSchemaException">The database has the former schema.</exception>
    public static async Task RefuseAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Sql, connection);
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                throw new FormerSchemaException();
            }
        }
        catch (NpgsqlException)
        {
            // Not for this check to report.
        }
    }
}

/// <summary>The database has the former schema.</summary>
internal sealed class FormerSchemaException() : Exception($"{French}{Environment.NewLine}{English}")
{
    private const string French =
        "Cette base de données a l'ancien schéma : exportez ses documents avec la version précédente du programme (« export »), "
        + "partez d'une base neuve (« -- --reset », ou deploy/create-database.sql puis « migrate »), puis importez-les (« import ») ; "
        + "voir deploy/README.md.";

    private const string English =
        "This database has the former schema: export its documents with the former version of the program (\"export\"), "
        + "begin with a new database (\"-- --reset\", or deploy/create-database.sql and then \"migrate\"), then import them (\"import\"); "
        + "see deploy/README.md.";
}
