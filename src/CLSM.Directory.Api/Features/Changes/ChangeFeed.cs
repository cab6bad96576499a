using System.Globalization;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>What the page and the stream of the feed share: the first batch, and waiting for changes without polling the database.</summary>
internal sealed class ChangeFeed(
    ChangeQueries changes,
    ChangeCursor cursors,
    ChangeSignals signals,
    ChangeFeedLimiter limiter,
    TerritoryValidator territories,
    FilterResolver filters,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    private const int RetrySeconds = 10;

    // A standby may be behind what the primary has announced.
    private static readonly TimeSpan StandbyDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Cancelled when the service stops: requests that wait are answered then.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>A lease to wait with; null where too many requests wait.</summary>
    public IDisposable? TryEnter() => limiter.TryEnter();

    public static ApiProblem Full => new(StatusCodes.Status503ServiceUnavailable, "too-many-waiting", RetrySeconds)
    {
        Headers = [("Retry-After", RetrySeconds.ToString(CultureInfo.InvariantCulture))],
    };

    /// <summary>The first batch after a cursor. A cursor or a code that is not known is refused by the name of its parameter.</summary>
    public async Task<Result<ChangeBatch>> BeginAsync(
        ChangeQuery query, (string Parameter, string? Cursor) after, string pathBase, CancellationToken cancellationToken)
    {
        var unknownCursor = ApiProblem.BadParameters([new ValidationError("unknown-change-cursor", []) { Parameter = after.Parameter }]);
        var begin = after.Cursor is null ? 0 : await cursors.ReadAsync(after.Cursor, cancellationToken);
        if (begin is not { } number)
        {
            return unknownCursor;
        }

        var batch = await changes.ReadAsync(query, number, pathBase, cancellationToken);
        if (number > batch.LogEnd && number > signals.WithSandbox.Head)
        {
            return unknownCursor;
        }

        if (batch.Unknown.Count > 0)
        {
            return ApiProblem.NothingOfThatCode(await UnknownAsync(batch.Unknown, cancellationToken));
        }

        // A cursor may be ahead of what this server has received; its reader is not sent back.
        return batch with { Head = Math.Max(batch.Head, number) };
    }

    public Task<ChangeBatch> ReadAsync(ChangeQuery query, long after, string pathBase, CancellationToken cancellationToken) =>
        changes.ReadAsync(query, after, pathBase, cancellationToken);

    /// <summary>The next batch with anything in it; where none comes in time, the last one that was read.</summary>
    public async Task<ChangeBatch> WaitAsync(ChangeQuery query, ChangeBatch empty, TimeSpan longest, string pathBase, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, Stopping, cancellationToken);
        var batch = empty;
        var signal = signals.For(query.IncludeSandbox);
        try
        {
            while (batch.Entries.Count == 0)
            {
                await signal.WaitBeyondAsync(batch.Head, end.Token);
                var next = await ReadInTurnAsync(query, batch.Head, pathBase, end.Token);
                batch = next with { Head = Math.Max(next.Head, batch.Head) };
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

        return batch;
    }

    private async Task<ChangeBatch> ReadInTurnAsync(ChangeQuery query, long after, string pathBase, CancellationToken cancellationToken)
    {
        using var lease = await limiter.WaitToReadAsync(cancellationToken);
        return await changes.ReadAsync(query, after, pathBase, cancellationToken);
    }

    private async Task<IReadOnlyList<ValidationError>> UnknownAsync(IReadOnlyList<(string Parameter, string Code)> unknown, CancellationToken cancellationToken)
    {
        var errors = new List<ValidationError>();
        foreach (var (parameter, code) in unknown.Take(ValidationError.MaxErrors))
        {
            var error = parameter == ChangeQuery.Region.Name
                ? await territories.UnknownAsync(TerritoryKind.Region, code, cancellationToken)
                : await filters.UnknownCouncilAsync(code, cancellationToken);
            errors.Add(error with { Parameter = parameter });
        }

        return errors;
    }
}
