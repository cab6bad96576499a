using System.Security.Cryptography;
using CLSM.Directory.LocalPostgres.Homes;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>PostgreSQL's own programs in a directory of this machine.</summary>
internal sealed class ServerPrograms(string directory, PostgresVersion version, string origin, ServerAccount account) : IServerSource
{
    private static readonly TimeSpan InitdbLimit = TimeSpan.FromSeconds(60);

    /// <summary>Every program that is used here.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["postgres", "initdb", "pg_ctl"];

    /// <summary>Where they are.</summary>
    public string Directory => directory;

    /// <summary>Which PostgreSQL they are.</summary>
    public PostgresVersion Version => version;

    /// <inheritdoc />
    public string Origin => $"PostgreSQL {version} from {origin}";

    /// <inheritdoc />
    public async Task<StartedServer> StartAsync(ClusterHome home, bool durable, CancellationToken cancellationToken)
    {
        // pg_ctl puts these paths between double quotes into a command line of its own.
        if (!OperatingSystem.IsWindows() && (home.Root + directory).AsSpan().IndexOfAny("\"$`\\\n") >= 0)
        {
            throw new LocalPostgresException(
                $"PostgreSQL cannot be started in {home.Root} with the programs of {directory}: "
                + "pg_ctl does not accept one of the characters \" $ ` \\ in a path. Use another directory.");
        }

        if (Access.BlockedBy(Path.Combine(home.Root, "data")) is { } closed)
        {
            throw new LocalPostgresException(
                $"PostgreSQL refuses to run as root, and the user it runs as cannot enter {closed}. "
                + "Use a directory outside of it, or run this as an ordinary user.");
        }

        var isNew = !Folder.Exists(home.Data);
        if (isNew)
        {
            await InitialiseAsync(home, durable, cancellationToken);
        }

        var record = home.ReadConnection()
            ?? throw new LocalPostgresException(
                $"The password of the cluster in {home.Root} is lost (connection.json is missing or damaged). Begin anew (all data are lost): -- --reset");
        var start = new ServerStart(ProgramPath.In(directory, "pg_ctl"), account, home, durable);
        record = await start.RunAsync(record, cancellationToken);
        return new StartedServer(new ProgramServer(home, record, Origin), isNew);
    }

    /// <summary>The data directory gets its name only when it is complete, after its password is written down.</summary>
    private async Task InitialiseAsync(ClusterHome home, bool durable, CancellationToken cancellationToken)
    {
        home.RemoveCluster();
        var password = RandomNumberGenerator.GetHexString(40, lowercase: true);
        Access.MakePrivateFile(home.PasswordFile, password);
        account.Own(home.PasswordFile);
        MakeDataDirectory(home.Unfinished);
        try
        {
            string[] haste = durable ? [] : ["--no-sync"];
            var made = await account.Run(
                    ProgramPath.In(directory, "initdb"),
                    [
                        "--pgdata", home.Unfinished, "--username=postgres", "--pwfile", home.PasswordFile, "--auth=scram-sha-256",
                        "--encoding=UTF8", "--locale=C", "--no-instructions", .. haste,
                    ])
                .RunAsync(InitdbLimit, cancellationToken);
            if (!made.Succeeded)
            {
                throw new LocalPostgresException($"initdb of {Origin} could not make a cluster in {home.Root}:{Environment.NewLine}{made.Text}");
            }
        }
        finally
        {
            File.Delete(home.PasswordFile);
        }

        home.WriteConnection(new ConnectionRecord(Port: 0, password));
        Folder.Move(home.Unfinished, home.Data);
    }

    private void MakeDataDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Folder.CreateDirectory(path);
            return;
        }

        Folder.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        account.Own(path);
    }
}
