namespace CLSM.Directory.Tests.Hosting;

/// <summary>A clock that goes on when it is told to.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<ManualTimer> timers = [];
    private TimeSpan passed = TimeSpan.Zero;
    private TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), GetUtcNow() + (dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.FromDays(10_000) : dueTime), dueTime);
        lock (sync)
        {
            timers.Add(timer);
            var reached = begun;
            begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
            reached.SetResult();
        }

        return timer;
    }

    /// <summary>Until somebody waits for longer than this.</summary>
    public async Task WaitingFor(TimeSpan atLeast)
    {
        while (true)
        {
            Task next;
            lock (sync)
            {
                if (timers.Exists(timer => timer.DueTime >= atLeast))
                {
                    return;
                }

                next = begun.Task;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (sync)
        {
            passed += by;
            due = [.. timers.Where(timer => timer.At <= GetUtcNow())];
            timers.RemoveAll(due.Contains);
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (sync)
        {
            timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire, DateTimeOffset at, TimeSpan dueTime) : ITimer
    {
        public DateTimeOffset At { get; } = at;

        public TimeSpan DueTime { get; } = dueTime;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
