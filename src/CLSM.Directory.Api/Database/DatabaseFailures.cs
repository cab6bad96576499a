using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>What an exception says about the database.</summary>
internal static class DatabaseFailures
{
    /// <summary>Whether the database cannot be reached, is starting or stopping, is out of room or of connections, or took too long.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        // The server ended the session, whatever it says: shutting down, out of connections, restoring, locked out.
        PostgresException { InvariantSeverity: "FATAL" or "PANIC" } => true,
        PostgresException { SqlState: var state } => IsUnavailable(state),
        NpgsqlException => true,
        // EF Core wraps what may pass twice: "likely due to a transient failure" around the failure to save.
        DbUpdateException or RetryLimitExceededException or InvalidOperationException =>
            exception.InnerException is { } inner && IsUnavailable(inner),
        TimeoutException => true,
        _ => false,
    };

    /// <summary>Whether a write contradicts what another one stored meanwhile.</summary>
    public static bool IsConflict(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation } => true,
        DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation } } => true,
        // Two councils became each other's successors at once.
        DbUpdateException { InnerException: PostgresException { ConstraintName: "succession_no_loop" } } => true,
        _ => false,
    };

    private static bool IsUnavailable(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal)
        || state is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.StatementCompletionUnknown
            // A server that is not the primary any more, or not yet.
            or PostgresErrorCodes.ReadOnlySqlTransaction
            // Not migrated yet.
            or PostgresErrorCodes.UndefinedTable;
}
