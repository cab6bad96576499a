using System.Globalization;
using CLSM.Directory.Api.Database;
using Npgsql;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>How far the change log has come, as this node knows it, for all who wait for the next change.</summary>
internal sealed class ChangeSignal(NpgsqlDataSource reader, bool includeSandbox) : INotificationSubscriber
{
    private readonly Lock sync = new();
    private TaskCompletionSource moved = CreateSource();
    private long head;

    public string Channel => includeSandbox ? "clsm_change_anywhere" : "clsm_change";

    /// <summary>Number of the last change that this node has heard of.</summary>
    public long Head => Interlocked.Read(ref head);

    public async Task ReceiveAsync(string? payload, CancellationToken cancellationToken) => MoveTo(payload is null
        ? await ChangeLogQueries.GetHeadAsync(reader, includeSandbox, cancellationToken)
        : long.Parse(payload, CultureInfo.InvariantCulture));

    /// <summary>Waits until something has been committed after this number.</summary>
    public async Task WaitBeyondAsync(long number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (sync)
            {
                if (head > number)
                {
                    return;
                }

                next = moved.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private void MoveTo(long number)
    {
        TaskCompletionSource reached;
        lock (sync)
        {
            if (number <= head)
            {
                return;
            }

            head = number;
            reached = moved;
            moved = CreateSource();
        }

        reached.SetResult();
    }

    // Run continuations asynchronously, so that waiters do not run on the listener's thread.
    private static TaskCompletionSource CreateSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The two signals: changes in the sandbox wake only the readers who asked for it.</summary>
internal sealed class ChangeSignals([FromKeyedServices(DataSources.Reader)] NpgsqlDataSource reader)
{
    public ChangeSignal WithoutSandbox { get; } = new(reader, includeSandbox: false);

    public ChangeSignal WithSandbox { get; } = new(reader, includeSandbox: true);

    public ChangeSignal For(bool includeSandbox) => includeSandbox ? WithSandbox : WithoutSandbox;
}
