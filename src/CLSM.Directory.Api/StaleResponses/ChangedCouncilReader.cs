namespace CLSM.Directory.Api.StaleResponses;

/// <summary>Which councils the log of public changes has named since it was last read.</summary>
internal sealed class ChangedCouncilReader(ChangedCouncilQueries queries, TimeProvider time)
{
    // More at once is an import; then it is cheaper to take everything for changed.
    private const int MaxChanges = 1000;
    private const int MaxLooks = 20;

    // A standby may be behind what the primary has announced.
    private static readonly TimeSpan StandbyDelay = TimeSpan.FromMilliseconds(50);

    private const long Nothing = -1;

    private long seen = Nothing;

    /// <summary>The last change that this node knows of; negative until it has reached the database for the first time.</summary>
    public long Seen => Interlocked.Read(ref seen);

    /// <summary>Codes, present and former, of the councils that have changed; null where that is not known. It reads until it sees the announced change.</summary>
    public async Task<IReadOnlySet<string>?> ReadAsync(long announced, CancellationToken cancellationToken)
    {
        var before = Seen;
        HashSet<string>? councils = null;
        for (var look = 0; look < MaxLooks; look++)
        {
            councils = await LookAsync(before, cancellationToken);
            if (Seen >= announced)
            {
                break;
            }

            await Task.Delay(StandbyDelay, time, cancellationToken);
        }

        return councils;
    }

    private async Task<HashSet<string>?> LookAsync(long before, CancellationToken cancellationToken)
    {
        var (head, councils) = await queries.ReadAsync(before == Nothing ? long.MaxValue : before, MaxChanges, cancellationToken);
        Interlocked.Exchange(ref seen, head);

        // A log that is shorter than it was is another one: a backup was restored.
        return before != Nothing && head - before is >= 0 and <= MaxChanges ? [.. councils] : null;
    }
}
