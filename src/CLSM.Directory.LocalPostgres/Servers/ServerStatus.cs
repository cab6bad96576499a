using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// The version and durability of a server. Only our own server accepts our password, so an answer proves that it is
/// ours.
/// </summary>
internal sealed record ServerStatus(string Version, bool IsDurable)
{
    /// <summary>The connection string of the superuser for a port of this machine.</summary>
    public static string ConnectionString(int port, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = port,
        Username = "postgres",
        Password = password,
        Database = "postgres",
        // The connection does not leave the machine, and the server has no certificate.
        SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <summary>
    /// Queries the server until it answers; <see langword="null"/> after the timeout. A server that recovers or shuts down
    /// refuses connections for a while, and another program may use the port now.
    /// </summary>
    public static async Task<ServerStatus?> QueryAsync(int port, string password, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (port == 0)
        {
            return null; // The record was written before the server had a port.
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(timeout);
        while (true)
        {
            try
            {
                return await QueryOnceAsync(port, password, bounded.Token);
            }
            catch (PostgresException e) when (
                e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                return null;
            }
            catch (Exception e) when (
                e is NpgsqlException or SocketException or IOException or TimeoutException or InvalidOperationException)
            {
                if (await TimedOutAsync(bounded.Token))
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

    private static async Task<ServerStatus> QueryOnceAsync(int port, string password, CancellationToken cancellationToken)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(
            ConnectionString(port, password))
        { Pooling = false, Timeout = 5, CommandTimeout = 5 };
        await using var connection = new NpgsqlConnection(connectionString.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select current_setting('server_version'), current_setting('fsync')", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ServerStatus(reader.GetString(0).Split(' ')[0], reader.GetString(1) == "on");
    }

    private static async Task<bool> TimedOutAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return cancellationToken.IsCancellationRequested;
    }
}
