using System.Runtime.ExceptionServices;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>What a transaction is told besides its work.</summary>
internal sealed record CouncilTransactionOptions
{
    public static readonly CouncilTransactionOptions None = new();

    /// <summary>Why things are removed; the change log shows it.</summary>
    public string? RemovalReason { get; init; }

    public ITransactionParticipant? Participant { get; init; }
}

/// <summary>
/// Runs units of work on the council that was entered: the only way to write. A unit that PostgreSQL rolled back for another one runs again from
/// its beginning, so it must read everything that it changes, and take its input as arguments.
/// </summary>
internal sealed class CouncilTransactions(CouncilDbContext database, TenantContext tenant, IEnumerable<ICouncilWriteRule> rules)
{
    public Task<IResult> RunAsync(
        CouncilTransactionOptions options, Func<CouncilTransaction, Task<IResult>> unit, CancellationToken cancellationToken) =>
        RunAsync(options, unit, problem => problem, cancellationToken);

    public Task<(T? Value, ApiProblem? Problem)> RunAsync<T>(
        CouncilTransactionOptions options, Func<CouncilTransaction, Task<(T? Value, ApiProblem? Problem)>> unit, CancellationToken cancellationToken) =>
        RunAsync(options, unit, problem => (default, problem), cancellationToken);

    private async Task<TResult> RunAsync<TResult>(
        CouncilTransactionOptions options, Func<CouncilTransaction, Task<TResult>> unit, Func<ApiProblem, TResult> refuse, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? afterCommit = null;
        var result = await new TransactionRetryStrategy(database).ExecuteAsync(AttemptAsync, cancellationToken);
        afterCommit?.Throw();
        return result;

        async Task<TResult> AttemptAsync(CancellationToken token)
        {
            // Nothing is left of the attempt before.
            database.ChangeTracker.Clear();
            await using var transaction = await database.Database.BeginTransactionAsync(token);

            // First of all: a duplicate must fail before it waits for the council's row.
            if (options.Participant is { } participant
                && await participant.BeginAsync((NpgsqlTransaction)transaction.GetDbTransaction(), token) is { } problem)
            {
                return refuse(problem);
            }

            var council = await LockAsync(options.RemovalReason, token);
            var current = new CouncilTransaction(database, transaction, options.Participant, rules, council);
            try
            {
                return await unit(current);
            }
            catch (Exception exception) when (current.IsCommitted)
            {
                // What was committed must not run again, whatever failed afterwards.
                afterCommit = ExceptionDispatchInfo.Capture(exception);
                return default!;
            }
        }
    }

    private async Task<CouncilRow?> LockAsync(string? reason, CancellationToken cancellationToken)
    {
        if (reason is not null)
        {
            await database.Database.ExecuteSqlAsync($"select set_config('clsm.reason', {reason}, true)", cancellationToken);
        }

        var id = tenant.Current.Id;
        return await database.Councils.FromSql($"select * from directory.council where id = {id} for update").SingleOrDefaultAsync(cancellationToken);
    }
}
