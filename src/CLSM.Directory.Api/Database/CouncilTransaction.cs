using System.Text.Json;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// A transaction that holds the row of one council. Writers of a council therefore run one after the other, and nobody else can change a version
/// while it is compared. What is not committed is rolled back.
/// </summary>
internal sealed class CouncilTransaction
{
    private readonly CouncilDbContext database;
    private readonly IDbContextTransaction transaction;
    private readonly ITransactionParticipant? participant;
    private readonly IEnumerable<ICouncilWriteRule> rules;

    public CouncilTransaction(
        CouncilDbContext database,
        IDbContextTransaction transaction,
        ITransactionParticipant? participant,
        IEnumerable<ICouncilWriteRule> rules,
        CouncilRow? council)
    {
        this.database = database;
        this.transaction = transaction;
        this.participant = participant;
        this.rules = rules;
        Council = council;
    }

    /// <summary>The council, or null if it does not exist, or no longer.</summary>
    public CouncilRow? Council { get; private set; }

    public bool IsCommitted { get; private set; }

    /// <summary>Adds the council itself, to a transaction that found none.</summary>
    public void AddCouncil(CouncilRow council)
    {
        database.Add(council);
        Council = council;
    }

    /// <summary>Reads the organisations of the council, to resolve references.</summary>
    public async Task<OrganisationIndex> GetOrganisationsAsync(CancellationToken cancellationToken)
    {
        var id = Council!.Id;
        var organisations = await database.Organisations
            .Where(row => row.CouncilId == id)
            .Select(row => new { row.Id, row.Statement })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return new OrganisationIndex(organisations.Select(row => ((Guid?)row.Id, row.Statement.Name, row.Statement.Acronym)));
    }

    /// <summary>Checks content against the rules that features registered; returns where it breaks them.</summary>
    public async Task<IReadOnlyList<ValidationError>> CheckRulesAsync(JsonElement content, CancellationToken cancellationToken)
    {
        var errors = new List<ValidationError>();
        foreach (var rule in rules)
        {
            errors.AddRange(await rule.CheckAsync(Council!.Id, content, cancellationToken));
        }

        return errors;
    }

    /// <summary>Sends the changes to the database, which computes versions and instants.</summary>
    public Task SaveAsync(CancellationToken cancellationToken) => database.SaveChangesAsync(cancellationToken);

    /// <summary>Saves and checks what otherwise only a commit checks (duplicate identifiers, references to nothing), and commits nothing.</summary>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        await SaveAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync($"set constraints all immediate", cancellationToken);
    }

    /// <summary>Stores everything.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await SaveAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        IsCommitted = true;
    }

    /// <summary>Stores everything, and lets the participant store the result with it.</summary>
    public async Task CommitAsync(IResult result, CancellationToken cancellationToken)
    {
        if (participant is not null)
        {
            await SaveAsync(cancellationToken);
            await participant.BeforeCommitAsync((NpgsqlTransaction)transaction.GetDbTransaction(), result, cancellationToken);
        }

        await CommitAsync(cancellationToken);
    }
}
