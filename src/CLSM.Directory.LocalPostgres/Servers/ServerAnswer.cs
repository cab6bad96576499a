using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>What a server says about itself to somebody who knows its password: the only proof that it is ours.</summary>
internal sealed record ServerAnswer(string Version, bool IsDurable)
{
    /// <summary>The superuser's connection string for a port of this machine.</summary>
    public static string ConnectionString(int port, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Username = "postgres",
        Password = password,
        Database = "postgres",
        // Nothing leaves the machine, and the server has no certificate to ask for.
        SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <summary>
    /// Asks until it answers or the patience is at its end; then <see langword="null"/>. A server that recovers or
    /// shuts down refuses for a while, and a port may belong to something else by now.
    /// </summary>
    public static async Task<ServerAnswer?> AskAsync(int port, string password, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (port == 0)
        {
            return null; // It was written down before the server had one.
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(patience);
        while (true)
        {
            try
            {
                return await AskOnceAsync(port, password, bounded.Token);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                return null;
            }
            catch (Exception e) when (e is NpgsqlException or SocketException or IOException or TimeoutException or InvalidOperationException)
            {
                if (await IsOverAsync(bounded.Token))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return null;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private static async Task<ServerAnswer> AskOnceAsync(int port, string password, CancellationToken cancellationToken)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(ConnectionString(port, password)) { Pooling = false, Timeout = 5, CommandTimeout = 5 };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select current_setting('server_version'), current_setting('fsync')", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ServerAnswer(reader.GetString(0).Split(' ')[0], reader.GetString(1) == "on");
    }

    private static async Task<bool> IsOverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return cancellationToken.IsCancellationRequested;
    }
}
