using System.Security.Cryptography;
using CLSM.Directory.LocalPostgres.DataDirectories;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>PostgreSQL's own programs in a directory of this machine.</summary>
internal sealed class ServerPrograms(string directory, PostgresVersion version, string origin, ServerAccount account) : IServerSource
{
    private static readonly TimeSpan InitdbTimeout = TimeSpan.FromSeconds(60);

    /// <summary>The programs that must exist.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["postgres", "initdb", "pg_ctl"];

    /// <summary>The directory of the programs.</summary>
    public string Directory => directory;

    /// <summary>The version of the programs.</summary>
    public PostgresVersion Version => version;

    /// <inheritdoc />
    public string Origin => $"PostgreSQL {version} from {origin}";

    /// <inheritdoc />
    public async Task<StartedServer> StartAsync(ClusterDirectory cluster, bool durable, CancellationToken cancellationToken)
    {
        // pg_ctl writes these paths between double quotes into a shell command.
        if (!OperatingSystem.IsWindows() && (cluster.Root + directory).AsSpan().IndexOfAny("\"$`\\\n") >= 0)
        {
            throw new LocalPostgresException(
                $"PostgreSQL cannot be started in {cluster.Root} with the programs of {directory}: "
                + "pg_ctl does not accept one of the characters \" $ ` \\ in a path. Use another directory.");
        }

        if (FilePermissions.FindBlockingParent(Path.Combine(cluster.Root, "data")) is { } blocked)
        {
            throw new LocalPostgresException(
                $"PostgreSQL refuses to run as root, and the user it runs as cannot enter {blocked}. "
                + "Use a directory outside it, or run this as an ordinary user.");
        }

        var isNew = !Folder.Exists(cluster.Data);
        if (isNew)
        {
            await InitializeAsync(cluster, durable, cancellationToken);
        }

        var record = cluster.ReadConnection()
            ?? throw new LocalPostgresException(
                $"The password of the cluster in {cluster.Root} is lost (connection.json is missing or damaged). "
                + "Start again with an empty database (all data are lost): -- --reset");
        var start = new ServerStarter(ProgramPath.In(directory, "pg_ctl"), account, cluster, durable);
        record = await start.RunAsync(record, cancellationToken);
        return new StartedServer(new ProgramServer(cluster, record, Origin), isNew);
    }

    /// <summary>Creates the data under another name and renames it when it is complete and the password is stored.</summary>
    private async Task InitializeAsync(ClusterDirectory cluster, bool durable, CancellationToken cancellationToken)
    {
        cluster.RemoveCluster();
        var password = RandomNumberGenerator.GetHexString(40, lowercase: true);
        FilePermissions.CreatePrivateFile(cluster.PasswordFile, password);
        account.TakeOwnership(cluster.PasswordFile);
        CreateDataDirectory(cluster.Unfinished);
        try
        {
            string[] fastOptions = durable ? [] : ["--no-sync"];
            var output = await account.CreateCommand(
                    ProgramPath.In(directory, "initdb"),
                    [
                        "--pgdata", cluster.Unfinished, "--username=postgres", "--pwfile", cluster.PasswordFile, "--auth=scram-sha-256",
                        "--encoding=UTF8", "--locale=C", "--no-instructions", .. fastOptions,
                    ])
                .RunAsync(InitdbTimeout, cancellationToken);
            if (!output.Succeeded)
            {
                throw new LocalPostgresException(
                    $"initdb of {Origin} could not create a cluster in {cluster.Root}:{Environment.NewLine}{output.Text}");
            }
        }
        finally
        {
            File.Delete(cluster.PasswordFile);
        }

        cluster.WriteConnection(new ConnectionRecord(Port: 0, password));
        Folder.Move(cluster.Unfinished, cluster.Data);
    }

    private void CreateDataDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Folder.CreateDirectory(path);
            return;
        }

        Folder.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        account.TakeOwnership(path);
    }
}
