using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Servers;
using Npgsql;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>
/// The first provider: a configured server. It has no directory, lock or password of ours, so it is used before any
/// other provider is asked.
/// </summary>
internal static class ConfiguredServer
{
    /// <summary>Its name in messages.</summary>
    public const string Name = "configured";

    /// <summary>The configured server, or <see langword="null"/>. Does not connect to it.</summary>
    public static IRunningServer? From(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return null;
        }

        try
        {
            var server = new NpgsqlConnectionStringBuilder(connectionString);
            return new ExternalServer(connectionString, $"the configured server {server.Host}:{server.Port}");
        }
        catch (ArgumentException e)
        {
            // Do not repeat the text: it may contain a password.
            throw new LocalPostgresException($"The configured connection string cannot be read: {e.Message}", e);
        }
    }
}
