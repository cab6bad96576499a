using System.Data;
using System.Globalization;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CLSM.Directory.Api.Exports;

/// <summary>One instant of the directory, held for as long as an export takes.</summary>
internal static class ExportSnapshot
{
    /// <summary>Settings are the transaction's own, so that they are gone with it behind a pooler too.</summary>
    public static async Task<IDbContextTransaction> BeginAsync(PublishedDbContext published, TimeSpan longest, CancellationToken cancellationToken)
    {
        published.Database.SetCommandTimeout(longest);
        var transaction = await published.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var timeout = ((long)longest.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        await published.Database.ExecuteSqlAsync(
            $"select set_config('transaction_read_only', 'on', true), set_config('statement_timeout', {timeout}, true)",
            cancellationToken);
        return transaction;
    }
}
