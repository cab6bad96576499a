using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Model.Parts;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>
/// Reads everything in which a person can be named, and erases it: the statements of the council that was entered, its history, and the
/// fingerprints of those who objected.
/// </summary>
internal sealed class ObjectionQueries(CouncilDbContext database)
{
    /// <summary>The fingerprints of everybody who objected in a council.</summary>
    public async Task<IReadOnlyList<ObjectionFingerprint>> ReadFingerprintsAsync(Guid council, CancellationToken cancellationToken) =>
        await database.Database.SqlQueryRaw<ObjectionFingerprint>(
            """
            select fingerprint as "Fingerprint", key_id as "KeyId" from directory.objection_fingerprint where council_id = {0}
            """,
            council).ToListAsync(cancellationToken);

    /// <summary>The last version of a contact that the history has; null where it has none.</summary>
    public async Task<Contact?> FindRemovedContactAsync(Guid council, Guid id, CancellationToken cancellationToken) =>
        await database.Database.SqlQueryRaw<string>(
            """
            select coalesce(after, before)::text as "Value" from directory.history
            where council_id = {0} and type = 'contact' and id = {1} and coalesce(after, before) is not null
            order by number desc limit 1
            """,
            council,
            id).ToListAsync(cancellationToken) is [var image] ? StatementJson.Read<Contact>(image) : null;

    /// <summary>The statements of a council and of all its parts.</summary>
    public async Task<IReadOnlyList<StoredStatement>> ReadStatementsAsync(Guid council, CancellationToken cancellationToken) =>
        await database.Database.SqlQueryRaw<StoredStatement>(
            """
            select type as "Type", id as "Id", statement::text as "Statement" from directory.council_resource where council_id = {0}
            """,
            council).ToListAsync(cancellationToken);

    /// <summary>The next entries of a council's history, after one of them.</summary>
    public async Task<IReadOnlyList<StoredHistoryEntry>> ReadHistoryAsync(
        Guid council, long after, int most, CancellationToken cancellationToken) =>
        await database.Database.SqlQueryRaw<StoredHistoryEntry>(
            """
            select number as "Number", id as "Id", before::text as "Before", after::text as "After" from directory.history
            where council_id = {0} and number > {1} order by number limit {2}
            """,
            council,
            after,
            most).ToListAsync(cancellationToken);

    /// <summary>Takes words out of statements; stores nothing.</summary>
    public async Task<IReadOnlyList<StoredStatement>> RemoveWordsAsync(
        IReadOnlyList<StoredStatement> statements, string[] words, CancellationToken cancellationToken) =>
        await database.Database.SqlQueryRaw<StoredStatement>(
            """
            select type as "Type", id as "Id", directory.without_words(statement::jsonb, {0})::text as "Statement"
            from unnest({1}, {2}, {3}) said (type, id, statement)
            """,
            words,
            statements.Select(one => one.Type).ToArray(),
            statements.Select(one => one.Id).ToArray(),
            statements.Select(one => one.Statement).ToArray()).ToListAsync(cancellationToken);

    /// <summary>Takes words out of one JSON value; stores nothing.</summary>
    public async Task<string> RemoveWordsAsync(string json, string[] words, CancellationToken cancellationToken) =>
        (await database.Database
            .SqlQueryRaw<string>("select directory.without_words({0}::jsonb, {1})::text as \"Value\"", json, words)
            .ToListAsync(cancellationToken))[0];

    /// <summary>Erases a person from the history, and stores the fingerprints by which they are recognised.</summary>
    /// <param name="contacts">Contacts of which nothing may stay.</param>
    /// <param name="entries">Entries of the history that contain the words.</param>
    /// <param name="words">Words to erase, the longest first.</param>
    /// <param name="rewritten">Resources whose statements were rewritten without the words.</param>
    /// <param name="fingerprints">Fingerprints of the person.</param>
    /// <param name="key">Id of the key of the fingerprints.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task EraseAsync(
        Guid[] contacts,
        long[] entries,
        string[] words,
        Guid[] rewritten,
        byte[][] fingerprints,
        byte[] key,
        CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"select directory.erase_words({contacts}, {entries}, {words}, {rewritten}, {fingerprints}, {key})", cancellationToken);
}
