using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// Runs a transaction again that PostgreSQL rolled back in favour of another one (a deadlock, a serialization failure). A lost connection is not
/// retried: nobody can tell whether its transaction was committed.
/// </summary>
internal sealed class TransactionRetryStrategy(DbContext database) : ExecutionStrategy(database, MaxAttempts - 1, MaxDelay)
{
    public const int MaxAttempts = 4;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(40 * MaxAttempts);

    /// <summary>Returns whether a transaction was rolled back for another one, and would succeed alone.</summary>
    public static bool IsTransient(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure })
            {
                return true;
            }
        }

        return false;
    }

    protected override bool ShouldRetryOn(Exception exception) => IsTransient(exception);

    protected override TimeSpan? GetNextDelay(Exception lastException)
    {
        var attempt = ExceptionsEncountered.Count;
        return attempt < MaxAttempts ? TimeSpan.FromMilliseconds(Random.Shared.Next(attempt * 10, attempt * 40)) : null;
    }
}
