using CLSM.Directory.LocalPostgres.Servers;
using Npgsql;

namespace CLSM.Directory.LocalPostgres.Ways;

/// <summary>
/// The first way: a server somebody has configured. It has no home, lock or password of ours, so it is decided before
/// anything is looked for, joined or adopted.
/// </summary>
internal static class ConfiguredServer
{
    /// <summary>Its name in messages.</summary>
    public const string Word = "configured";

    /// <summary>The configured server, if there is one. It is not asked whether it is there.</summary>
    public static IRunningServer? From(LocalClusterOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            return null;
        }

        try
        {
            var server = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            return new BorrowedServer(options.ConnectionString, $"the configured server {server.Host}:{server.Port}");
        }
        catch (ArgumentException e)
        {
            // The text itself is not repeated: it may have a password in it.
            throw new LocalPostgresException($"The configured connection string cannot be read: {e.Message}", e);
        }
    }
}
