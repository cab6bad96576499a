using System.Data;
using System.Globalization;
using CLSM.Directory.Api.Database.Contexts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CLSM.Directory.Api.Database;

/// <summary>A transaction that reads the directory as it was at one instant, for as long as the reading takes.</summary>
internal static class SnapshotTransaction
{
    /// <summary>Begins it.</summary>
    /// <param name="published">What is public.</param>
    /// <param name="longest">The longest that a statement may take.</param>
    /// <param name="isWhole">
    /// Whether everything is read: then the rows come along the index that orders them, where a plan for the whole would sort all of them
    /// before the first.
    /// </param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <remarks>Settings are the transaction's own, so that they are gone with it behind a pooler too.</remarks>
    public static async Task<IDbContextTransaction> BeginAsync(
        PublishedDbContext published, TimeSpan longest, bool isWhole, CancellationToken cancellationToken)
    {
        published.Database.SetCommandTimeout(longest);
        var transaction = await published.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var timeout = ((long)longest.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

        // Compiling a statement for so long a read looks worth while to PostgreSQL, and is not: its rows are taken as they are.
        await published.Database.ExecuteSqlAsync(
            $"""
            select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', {timeout}, true),
                   set_config('jit', 'off', true), set_config('enable_sort', {(isWhole ? "off" : "on")}, true)
            """,
            cancellationToken);
        return transaction;
    }
}
