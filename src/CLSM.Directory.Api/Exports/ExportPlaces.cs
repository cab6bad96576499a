using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Exports;

/// <summary>The places for exports that run at once.</summary>
internal sealed class ExportPlaces(IOptions<ExportOptions> options)
{
    public const int RetrySeconds = 20;

    private int free = options.Value.MaxConcurrent;

    public TimeSpan Longest => options.Value.MaxDuration;

    public int MostAtOnce => options.Value.MaxConcurrent;

    /// <summary>A place, given back when disposed of; null where all are taken.</summary>
    public IDisposable? Enter()
    {
        if (Interlocked.Decrement(ref free) >= 0)
        {
            return new Place(this);
        }

        Interlocked.Increment(ref free);
        return null;
    }

    private sealed class Place(ExportPlaces places) : IDisposable
    {
        private int isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0)
            {
                Interlocked.Increment(ref places.free);
            }
        }
    }
}
