using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>
/// Starts the server of a data directory by pg_ctl. It gives the server a session of its own, so that Ctrl+C in the
/// terminal does not reach it, ties its output to the log and to no pipe of ours, and does so on every system.
/// </summary>
internal sealed class ServerStart(string pgCtl, ServerAccount account, ClusterHome home, bool durable, Func<int>? choosePort = null)
{
    private const int Tries = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // What passes by itself: another program took the port first, or children of a killed server are still ending.
    private static readonly string[] Passing = ["could not bind", "could not create any TCP/IP sockets", "pre-existing shared memory block"];

    /// <summary>
    /// Starts it and returns where it listens: on the port of the last time, if that is still free. Another one is
    /// chosen by <c>choosePort</c>, which only a test gives.
    /// </summary>
    public async Task<ConnectionRecord> RunAsync(ConnectionRecord record, CancellationToken cancellationToken)
    {
        Postmaster.RemoveMisleadingFile(home.Data);
        for (var attempt = 1; ; attempt++)
        {
            record = record with { Port = attempt == 1 && IsFree(record.Port) ? record.Port : (choosePort ?? FreePort)() };
            NewLog();
            var started = await account.Run(pgCtl, "start", "-D", home.Data, "-l", home.Log, "-w", "-t", Seconds, "-s", "-o", ServerOptions(record.Port))
                .RunAsync(Limit + TimeSpan.FromSeconds(5), cancellationToken);
            if (started.Succeeded)
            {
                break;
            }

            var log = File.ReadAllText(home.Log);
            if (attempt == Tries || !Passing.Any(words => log.Contains(words, StringComparison.Ordinal)))
            {
                throw Refused(started.Text);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), cancellationToken);
        }

        if (await ServerAnswer.AskAsync(record.Port, record.Password, TimeSpan.FromSeconds(15), cancellationToken) is null)
        {
            throw Refused($"It runs on port {record.Port}, but it does not let the superuser in with the stored password.");
        }

        home.WriteConnection(record);
        return record;
    }

    private static string Seconds => Limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    // The words of a command line: no value has a space or a quote in it.
    private string ServerOptions(int port)
    {
        List<string> settings =
        [
            "listen_addresses=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            "unix_socket_directories=",

            // What was erased goes with the segments of the write-ahead log that held it, and errors do not repeat values in the server's log.
            "wal_recycle=off",
            "log_error_verbosity=terse",
            "log_min_error_statement=panic",
        ];
        if (!durable)
        {
            settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=128MB"]);
        }

        return string.Join(' ', settings.Select(setting => "-c " + setting));
    }

    private void NewLog()
    {
        Access.MakePrivateFile(home.Log);
        account.Own(home.Log);
    }

    private LocalPostgresException Refused(string words) => new(
        $"PostgreSQL could not be started in {home.Root}: {words}{Environment.NewLine}The end of its log ({home.Log}):{Environment.NewLine}{home.LogTail()}");

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
