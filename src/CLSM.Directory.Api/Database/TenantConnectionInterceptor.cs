using System.Data.Common;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// Tells PostgreSQL the tenant, for each transaction and never for the connection, so that a pooled connection carries none over. A read
/// outside a transaction carries the setting in its own round trip, as a first statement of the same implicit transaction. A transaction
/// also says who writes and from which request, for the history.
/// </summary>
internal sealed class TenantConnectionInterceptor(TenantContext tenant, ICurrentCaller caller)
    : DbCommandInterceptor, IDbTransactionInterceptor
{
    private const string Setting = "select set_config('clsm.council', @clsm_council, true)";
    private const string Writer = ", set_config('clsm.author', @clsm_author, true), set_config('clsm.request', @clsm_request, true)";

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (command.Transaction is null)
        {
            command.CommandText = $"{Setting};\n{command.CommandText}";
            command.Parameters.Add(new NpgsqlParameter("clsm_council", tenant.Current.Id.ToString()));
        }

        return ValueTask.FromResult(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (command.Transaction is null)
        {
            await result.NextResultAsync(cancellationToken);
        }

        return result;
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        throw new NotSupportedException("The database is read asynchronously.");

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = result;
        command.CommandText = Setting + Writer;
        command.Parameters.Add(new NpgsqlParameter("clsm_council", tenant.Current.Id.ToString()));
        command.Parameters.Add(new NpgsqlParameter("clsm_author", caller.Id));
        command.Parameters.Add(new NpgsqlParameter("clsm_request", caller.RequestId));
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        throw new NotSupportedException("Transactions are begun asynchronously.");
}
