using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>What an objection took away.</summary>
internal sealed record Withdrawal(int Contacts, int Texts, int Entries);

/// <summary>
/// Takes a person out of a council, in the unit of work that was begun: the contact and any other of the same person, their words in all other
/// texts, and in the history. What stays is a tombstone, and fingerprints by which they are recognised.
/// </summary>
internal sealed class ObjectionWriter(
    CouncilDbContext database,
    TenantContext tenant,
    ObjectionKey key,
    ObjectionRegistry objected,
    ObjectionQueries queries,
    PartTypeCatalogue types)
{
    public const string Reason = "objection";

    private const int EntriesAtOnce = 200;

    /// <summary>Null where the council has no such contact, and no memory of one.</summary>
    public async Task<Withdrawal?> WithdrawAsync(CouncilTransaction transaction, Guid id, CancellationToken cancellationToken)
    {
        if (!key.IsSet)
        {
            throw new ObjectionSecretMissingException();
        }

        // Fingerprints of two keys could never be told apart from those of nobody.
        var council = transaction.Council!;
        await objected.OfAsync(council.Id, cancellationToken);
        var contacts = await database.Contacts.Where(row => row.CouncilId == council.Id).ToListAsync(cancellationToken);
        if ((contacts.Find(row => row.Id == id)?.Statement
            ?? await queries.FindRemovedContactAsync(council.Id, id, cancellationToken)) is not { } contact)
        {
            return null;
        }

        var values = PersonIdentifiers.Of(contact, contacts.Where(row => row.Id != id).Select(row => row.Statement));
        var persons = new PersonMatcher(values.Contains);
        var gone = contacts.Where(row => row.Id == id || (row.Statement.Nominative && IsOf(persons, row.Statement))).ToList();
        List<Guid> goneIds = [id, .. gone.Select(row => row.Id).Where(other => other != id)];

        var words = new HashSet<string>(StringComparer.Ordinal);
        var live = await LiveAsync(council, goneIds, persons, words, cancellationToken);
        var entries = await EntriesAsync(council.Id, goneIds, persons, words, cancellationToken);
        await RewriteAsync(council, live, words, cancellationToken);
        database.RemoveRange(gone);
        await database.SaveChangesAsync(cancellationToken);

        // Nobody is kept from a council that is made up: what its examples do can be done again.
        byte[][] fingerprints = tenant.IsTest ? [] : [.. values.Select(value => key.Fingerprint(council.Id, value))];
        await queries.EraseAsync(
            [.. goneIds], [.. entries], Ordered(words), [.. live.Select(text => text.Id)], fingerprints, key.Id, cancellationToken);
        return new Withdrawal(gone.Count, live.Count, entries.Count);
    }

    private static bool IsOf(PersonMatcher persons, Contact contact) =>
        (contact.Person is { } person && (persons.IsPerson(person) || persons.Find(person).Count > 0))
        || persons.Find(contact.Label).Count > 0
        || (contact.Emails ?? []).Any(email => persons.Find(email).Count > 0);

    /// <summary>The statements of the council and its parts that speak of the person.</summary>
    private async Task<List<StoredStatement>> LiveAsync(
        CouncilRow council, List<Guid> gone, PersonMatcher persons, HashSet<string> words, CancellationToken cancellationToken)
    {
        var texts = await queries.ReadStatementsAsync(council.Id, cancellationToken);
        return [.. texts.Where(text => !gone.Contains(text.Id) && Collect(persons, text.Statement, words))];
    }

    private async Task<List<long>> EntriesAsync(
        Guid council, List<Guid> gone, PersonMatcher persons, HashSet<string> words, CancellationToken cancellationToken)
    {
        var numbers = new List<long>();
        for (long after = 0, read = EntriesAtOnce; read == EntriesAtOnce;)
        {
            var entries = await queries.ReadHistoryAsync(council, after, EntriesAtOnce, cancellationToken);

            // Both images, each for its words.
            numbers.AddRange(entries
                .Where(entry => !gone.Contains(entry.Id)
                    && (Collect(persons, entry.Before, words) | Collect(persons, entry.After, words)))
                .Select(entry => entry.Number));
            (after, read) = (entries.Count == 0 ? after : entries[^1].Number, entries.Count);
        }

        return numbers;
    }

    /// <summary>Whether a statement speaks of the person; by which words, is noted.</summary>
    private static bool Collect(PersonMatcher persons, string? statement, HashSet<string> words)
    {
        if (statement is null)
        {
            return false;
        }

        var found = JsonStrings.Of(JsonSerializer.Deserialize(statement, ModelJsonContext.Instance.JsonElement))
            .SelectMany(place => persons.Find(place.Text))
            .ToList();
        words.UnionWith(found);
        return found.Count > 0;
    }

    private async Task RewriteAsync(
        CouncilRow council, List<StoredStatement> live, HashSet<string> words, CancellationToken cancellationToken)
    {
        if (live.Count == 0)
        {
            return;
        }

        var clean = await queries.RemoveWordsAsync(live, Ordered(words), cancellationToken);

        // The council first: afterwards its row counts as raised in this transaction, and its parts do not raise it again.
        if (clean.FirstOrDefault(text => text.Type == "council") is { } itself)
        {
            council.Statement = StatementJson.Read<Council>(itself.Statement);
            await database.SaveChangesAsync(cancellationToken);
        }

        foreach (var type in types.All)
        {
            var texts = clean.Where(text => text.Type == type.Names.Type).ToDictionary(text => text.Id, text => text.Statement);
            var ids = texts.Keys.ToList();
            if (ids.Count == 0)
            {
                continue;
            }

            var rows = type.Rows(database).Where(row => row.CouncilId == council.Id && ids.Contains(row.Id));
            foreach (var row in await rows.ToListAsync(cancellationToken))
            {
                type.Update(row, type.Read(texts[row.Id]));
            }
        }
    }

    /// <summary>The longest first, so that none hides a longer one.</summary>
    private static string[] Ordered(IEnumerable<string> words) =>
        [.. words.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal)];
}
