using System.Globalization;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Persistence;
using Npgsql;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>How far the change log has come, as this node knows it, for all who wait for it to go on and do not ask for the sandbox.</summary>
internal class ChangeSignal([FromKeyedServices(DataSources.Reader)] NpgsqlDataSource reader) : INotificationSubscriber
{
    private readonly Lock sync = new();
    private TaskCompletionSource moved = Unmoved();
    private long head;

    public virtual string Channel => "clsm_change";

    /// <summary>The column of the head that is followed.</summary>
    protected virtual string Column => "cursor";

    /// <summary>The last change of all that this node has heard of.</summary>
    public long Head => Interlocked.Read(ref head);

    public async Task ReceiveAsync(string? payload, CancellationToken cancellationToken) =>
        MoveTo(payload is null ? await LookAsync(cancellationToken) : long.Parse(payload, CultureInfo.InvariantCulture));

    /// <summary>Until something has been committed after this number.</summary>
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
            moved = Unmoved();
        }

        reached.SetResult();
    }

    private async Task<long> LookAsync(CancellationToken cancellationToken)
    {
        await using var command = reader.CreateCommand($"select {Column} from published.change_head");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // Those who wait go on by themselves, not one after the other in the thread that listens.
    private static TaskCompletionSource Unmoved() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The same with what happens in the sandbox, for who asks for it by name.</summary>
internal sealed class ChangeSignalAnywhere([FromKeyedServices(DataSources.Reader)] NpgsqlDataSource reader) : ChangeSignal(reader)
{
    public override string Channel => "clsm_change_anywhere";

    protected override string Column => "last_cursor";
}
