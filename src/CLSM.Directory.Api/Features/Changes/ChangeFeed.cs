using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Queries;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>The feed behind both of its ways out, page and stream: the checked beginning, and waiting without asking the database.</summary>
internal sealed class ChangeFeed(ChangeQueries reading, ChangeCursor cursors, ChangeSignal national, ChangeSignalAnywhere anywhere, WaitingRoom room, IHostApplicationLifetime lifetime, TimeProvider time) : IDisposable
{
    private const int RetrySeconds = 10;

    // A standby may be behind what the primary has announced.
    private static readonly TimeSpan StandbyDelay = TimeSpan.FromMilliseconds(100);

    // A change wakes everybody at once; most connections stay with those who do not wait.
    private readonly SemaphoreSlim readingAtOnce = new(8);

    private static readonly ChangeBatch Nothing = new([], false, 0, default, []);

    /// <summary>When the service stops, whoever waits is let go.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    public IDisposable? Enter() => room.Enter();

    public static Refusal Full => new(StatusCodes.Status503ServiceUnavailable, "too-many-waiting", RetrySeconds)
    {
        Headers = [("Retry-After", RetrySeconds.ToString(System.Globalization.CultureInfo.InvariantCulture))],
    };

    /// <summary>The first stretch after a cursor; a cursor or a code that does not hold is refused by the name of its parameter.</summary>
    public async Task<(ChangeBatch Stretch, Refusal? Refusal)> BeginAsync(
        HttpContext context, ChangeQuery question, (string Parameter, string? Cursor) after, CancellationToken cancellationToken)
    {
        var unknown = Refusal.BadParameters([new Violation("unknown-change-cursor", []) { Parameter = after.Parameter }]);
        var begin = after.Cursor is null ? 0 : await cursors.ReadAsync(after.Cursor, cancellationToken);
        if (begin is not { } number)
        {
            return (Nothing, unknown);
        }

        var stretch = await reading.ReadAsync(question, number, context.Request.PathBase, cancellationToken);
        if (number > stretch.Last && number > anywhere.Head)
        {
            return (Nothing, unknown);
        }

        if (stretch.Unknown.Count > 0)
        {
            return (Nothing, Refusal.NothingOfThatCode(await UnknownAsync(context, stretch.Unknown, cancellationToken)));
        }

        // What this server has not received yet is not taken back.
        return (stretch with { Head = Math.Max(stretch.Head, number) }, null);
    }

    public Task<ChangeBatch> ReadAsync(HttpContext context, ChangeQuery question, long after, CancellationToken cancellationToken) =>
        reading.ReadAsync(question, after, context.Request.PathBase, cancellationToken);

    /// <summary>The next stretch with anything in it; where none comes in time, the last one that was looked at.</summary>
    public async Task<ChangeBatch> WaitAsync(HttpContext context, ChangeQuery question, ChangeBatch empty, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, Stopping, cancellationToken);
        var stretch = empty;
        var signal = question.IncludeSandbox ? anywhere : national;
        try
        {
            while (stretch.Entries.Count == 0)
            {
                await signal.WaitBeyondAsync(stretch.Head, end.Token);
                var next = await ReadInTurnAsync(context, question, stretch.Head, end.Token);
                stretch = next with { Head = Math.Max(next.Head, stretch.Head) };
                if (next.Head < signal.Head && next.Entries.Count == 0)
                {
                    await Task.Delay(StandbyDelay, time, end.Token);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Nothing in time.
        }

        return stretch;
    }

    private async Task<ChangeBatch> ReadInTurnAsync(HttpContext context, ChangeQuery question, long after, CancellationToken cancellationToken)
    {
        await readingAtOnce.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(context, question, after, cancellationToken);
        }
        finally
        {
            readingAtOnce.Release();
        }
    }

    public void Dispose() => readingAtOnce.Dispose();

    private static async Task<IReadOnlyList<Violation>> UnknownAsync(HttpContext context, IReadOnlyList<(string Parameter, string Code)> unknown, CancellationToken cancellationToken)
    {
        var violations = new List<Violation>();
        foreach (var (parameter, code) in unknown.Take(Refusal.MostErrors))
        {
            violations.Add((parameter == ChangeQuery.Region.Name
                ? await context.RequestServices.GetRequiredService<TerritoryValidator>().UnknownAsync(TerritoryKind.Region, code, cancellationToken)
                : await context.RequestServices.GetRequiredService<FilterResolver>().UnknownCouncilAsync(code, cancellationToken)) with
            {
                Parameter = parameter,
            });
        }

        return violations;
    }
}
