using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Retries;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CLSM.Directory.Api.Persistence;

/// <summary>
/// One unit of work on one council: a transaction that holds the council's row, so that writers of a council come one after the other and
/// versions are compared while nobody else can raise them. What is not committed is undone.
/// </summary>
internal sealed class CouncilWork : IAsyncDisposable
{
    private readonly CouncilDbContext database;
    private readonly IDbContextTransaction transaction;

    private readonly KeptAnswers? answers;

    private CouncilWork(CouncilDbContext database, IDbContextTransaction transaction, KeptAnswers? answers, CouncilRow? council)
    {
        this.database = database;
        this.transaction = transaction;
        this.answers = answers;
        Council = council;
    }

    /// <summary>The council, or null where it does not exist (yet, or any more).</summary>
    public CouncilRow? Council { get; }

    /// <param name="database">The tables of the council.</param>
    /// <param name="tenant">The council.</param>
    /// <param name="reason">Why something is removed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="answers">Where the answer to this work is kept, if its caller may repeat it.</param>
    public static async Task<CouncilWork> BeginAsync(
        CouncilDbContext database, TenantContext tenant, string? reason, CancellationToken cancellationToken, KeptAnswers? answers = null)
    {
        var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            if (answers is not null)
            {
                // Before anything is waited for.
                await answers.ClaimAsync((NpgsqlTransaction)transaction.GetDbTransaction(), cancellationToken);
            }

            if (reason is not null)
            {
                await database.Database.ExecuteSqlAsync($"select set_config('clsm.reason', {reason}, true)", cancellationToken);
            }

            var id = tenant.Current.Id;
            var council = await database.Councils
                .FromSql($"select * from directory.council where id = {id} for update")
                .SingleOrDefaultAsync(cancellationToken);
            return new CouncilWork(database, transaction, answers, council);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>The organisations of the council, to resolve references.</summary>
    public async Task<OrganisationIndex> OrganisationsAsync(CancellationToken cancellationToken)
    {
        var id = Council!.Id;
        var organisations = await database.Organisations
            .Where(row => row.CouncilId == id)
            .Select(row => new { row.Id, row.Statement })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return new OrganisationIndex(organisations.Select(row => ((Guid?)row.Id, row.Statement.Name, row.Statement.Acronym)));
    }

    /// <summary>Stores everything at once, with the answer where it is to be kept.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken, Func<KeptAnswer>? answer = null)
    {
        await database.SaveChangesAsync(cancellationToken);
        if (answer is not null && answers?.Request is not null)
        {
            await answers.KeepAsync((NpgsqlTransaction)transaction.GetDbTransaction(), answer(), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
