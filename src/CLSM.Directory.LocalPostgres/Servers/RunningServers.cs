using CLSM.Directory.LocalPostgres.Homes;

namespace CLSM.Directory.LocalPostgres.Servers;

/// <summary>What can be done with a server that this process has not started.</summary>
internal static class RunningServers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Takes over the server that a killed owner left running. One that does not answer, or that treats its data in
    /// another way than asked for, is ended instead. Only for the owner of the home.
    /// </summary>
    public static async Task<IRunningServer?> AdoptAsync(ClusterHome home, bool durable, CancellationToken cancellationToken)
    {
        var record = home.ReadConnection();
        var postmaster = Postmaster.Find(home.Data);
        var runs = postmaster is not null
            || (record?.Container is { } left && await ContainerCommand.IsRunningAsync(left, cancellationToken));
        var port = postmaster?.Port ?? record?.Port ?? 0;
        var answer = runs && record is not null ? await ServerAnswer.AskAsync(port, record.Password, Patience, cancellationToken) : null;
        if (record is null || answer is null || answer.IsDurable != durable)
        {
            // One that hangs would not shut down in good order either, and its log of changes makes the data whole again.
            await EndAsync(home, orderly: answer is not null, cancellationToken);
            return null;
        }

        if (port != record.Port)
        {
            home.WriteConnection(record with { Port = port });
        }

        var origin = $"PostgreSQL {answer.Version}, which an earlier process left running on {home.Root}";
        return record.Container is null
            ? new ProgramServer(home, record with { Port = port }, origin)
            : new ContainerServer(record.Container, port, record.Password, origin);
    }

    /// <summary>The server of the home's owner, if it answers by now.</summary>
    public static async Task<IRunningServer?> JoinAsync(ClusterHome home, TimeSpan patience, CancellationToken cancellationToken) =>
        home.ReadConnection() is { } record
            && await ServerAnswer.AskAsync(record.Port, record.Password, patience, cancellationToken) is { } answer
            ? new BorrowedServer(
                ServerAnswer.ConnectionString(record.Port, record.Password),
                $"PostgreSQL {answer.Version} of process {home.OwnerProcessId()}, on {home.Root}",
                Postmaster.Find(home.Data)?.ProcessId)
            : null;

    /// <summary>Ends whatever runs for a home.</summary>
    public static async Task EndAsync(ClusterHome home, bool orderly, CancellationToken cancellationToken)
    {
        if (Postmaster.Find(home.Data) is { } postmaster)
        {
            await postmaster.StopAsync(home.Data, orderly, cancellationToken);
        }

        if (home.ReadConnection()?.Container is { } container)
        {
            await ContainerCommand.EndAsync(container, orderly, cancellationToken);
        }
    }
}
