namespace CLSM.Directory.Api.Exports;

/// <summary>How much of the service exports may take: each holds a connection and a snapshot of the database for as long as its reader takes.</summary>
internal sealed class ExportLimits
{
    public const string Section = "Exports";

    /// <summary>Exports that run at once; the next is asked to come back.</summary>
    public int MostAtOnce { get; init; } = 8;

    /// <summary>The longest that one may take, its reader's waiting included.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>The places for exports that run at once.</summary>
internal sealed class ExportPlaces(ExportLimits limits)
{
    public const int RetrySeconds = 20;

    private int free = limits.MostAtOnce;

    public TimeSpan Longest => limits.Longest;

    public int MostAtOnce => limits.MostAtOnce;

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
