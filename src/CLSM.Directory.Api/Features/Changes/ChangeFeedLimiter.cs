using System.Threading.RateLimiting;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>Limits how many requests wait for changes, and how many of them read at once when a change wakes them.</summary>
internal sealed class ChangeFeedLimiter(int maxWaiting) : IDisposable
{
    private const int MaxReading = 8;

    // A request that waits holds no thread and no database connection, but memory and a socket.
    private readonly ConcurrencyLimiter waiting = new(new ConcurrencyLimiterOptions { PermitLimit = maxWaiting, QueueLimit = 0 });

    // A change wakes all of them at once: most connections must stay with the requests that do not wait.
    private readonly ConcurrencyLimiter reading = new(new ConcurrencyLimiterOptions { PermitLimit = MaxReading, QueueLimit = int.MaxValue });

    /// <summary>How many requests wait at present.</summary>
    public int Waiting => maxWaiting - (int)waiting.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>A lease for one request, given back when it is disposed; null where all are taken.</summary>
    public IDisposable? TryEnter()
    {
        var lease = waiting.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    /// <summary>A lease for one read, as soon as one is free.</summary>
    public async ValueTask<IDisposable> WaitToReadAsync(CancellationToken cancellationToken) => await reading.AcquireAsync(1, cancellationToken);

    public void Dispose()
    {
        waiting.Dispose();
        reading.Dispose();
    }
}
