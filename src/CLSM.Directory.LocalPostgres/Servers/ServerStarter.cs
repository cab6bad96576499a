using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// Starts the server of a data directory with pg_ctl, which works on every system. It gives the server its own session, so
/// that Ctrl+C in the terminal does not reach it, and sends its output to the log, not to our pipes.
/// </summary>
internal sealed class ServerStarter(
    string pgCtl,
    ServerAccount account,
    ClusterDirectory cluster,
    bool durable,
    Func<int>? choosePort = null)
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // Temporary errors: another program has taken the port, or children of a killed server have not ended yet.
    private static readonly string[] TransientErrors =
        ["could not bind", "could not create any TCP/IP sockets", "pre-existing shared memory block"];

    /// <summary>
    /// Starts the server and returns its port: the previous one, if it is still free. Otherwise <c>choosePort</c> selects
    /// one; only a test sets it.
    /// </summary>
    public async Task<ConnectionRecord> RunAsync(ConnectionRecord record, CancellationToken cancellationToken)
    {
        Postmaster.RemoveReusedFile(cluster.Data);
        for (var attempt = 1; ; attempt++)
        {
            record = record with { Port = attempt == 1 && IsFree(record.Port) ? record.Port : (choosePort ?? FreePort)() };
            CreateLog();
            var started = await account.CreateCommand(
                pgCtl, "start", "-D", cluster.Data, "-l", cluster.Log, "-w", "-t", Seconds, "-s", "-o", ServerOptions(record.Port))
                .RunAsync(Timeout + TimeSpan.FromSeconds(5), cancellationToken);
            if (started.Succeeded)
            {
                break;
            }

            var log = File.ReadAllText(cluster.Log);
            if (attempt == MaxAttempts || !TransientErrors.Any(text => log.Contains(text, StringComparison.Ordinal)))
            {
                throw StartFailure(started.Text);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), cancellationToken);
        }

        if (await ServerStatus.QueryAsync(record.Port, record.Password, TimeSpan.FromSeconds(15), cancellationToken) is null)
        {
            throw StartFailure($"It runs on port {record.Port}, but it does not accept the stored password of the superuser.");
        }

        cluster.WriteConnection(record);
        return record;
    }

    private static string Seconds => Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    // These are parts of a command line: no value may contain a space or a quote.
    private string ServerOptions(int port)
    {
        List<string> settings =
        [
            "listen_addresses=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "unix_socket_directories=",

            // Erased data must not survive in recycled segments of the write-ahead log or in error messages of the server's log.
            "wal_recycle=off",
            "log_error_verbosity=terse",
            "log_min_error_statement=panic",
        ];
        if (!durable)
        {
            settings.AddRange(
                ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=128MB"]);
        }

        return string.Join(' ', settings.Select(setting => "-c " + setting));
    }

    private void CreateLog()
    {
        FilePermissions.CreatePrivateFile(cluster.Log);
        account.TakeOwnership(cluster.Log);
    }

    private LocalPostgresException StartFailure(string reason) => new(
        $"PostgreSQL could not be started in {cluster.Root}: {reason}{Environment.NewLine}"
        + $"The end of its log ({cluster.Log}):{Environment.NewLine}{cluster.LogTail()}");

    private static bool IsFree(int port)
    {
        if (port == 0)
        {
            return false;
        }

        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
