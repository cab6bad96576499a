using System.Text.Json;
using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Objections;

/// <summary>Who objected in the council that was entered, as far as one can know: by recognising them.</summary>
internal sealed class ObjectedPersons(CouncilDbContext database, ObjectionKey key) : ICouncilWriteRule, IImportFilter
{
    /// <summary>Those of a council; null where nobody did, which is nearly always.</summary>
    /// <exception cref="ObjectionsUnreadableException">Somebody did, and nobody can tell who.</exception>
    public async Task<Objected?> OfAsync(Guid council, CancellationToken cancellationToken)
    {
        var noted = await database.Database
            .SqlQueryRaw<NotedFingerprint>("select fingerprint as \"Fingerprint\", key_id as \"KeyId\" from directory.objection_fingerprint where council_id = {0}", council)
            .ToListAsync(cancellationToken);
        if (noted.Count == 0)
        {
            return null;
        }

        if (!noted.TrueForAll(one => one.KeyId.AsSpan().SequenceEqual(key.Id)))
        {
            throw new ObjectionsUnreadableException();
        }

        var fingerprints = noted.Select(one => Convert.ToHexString(one.Fingerprint)).ToHashSet(StringComparer.Ordinal);
        return new Objected(new PersonalWords(value => fingerprints.Contains(Convert.ToHexString(key.Fingerprint(council, value)))));
    }

    /// <summary>Returns where content speaks of somebody who objected.</summary>
    public async Task<IReadOnlyList<Violation>> CheckAsync(Guid council, JsonElement content, CancellationToken cancellationToken) =>
        (await OfAsync(council, cancellationToken))?.Check(content) ?? [];

    /// <summary>Takes those who objected out of the document of a sheet: a sheet that brings somebody back is not refused for it.</summary>
    public async Task<(CouncilDocument Document, IReadOnlyList<Violation> Notes)> FilterAsync(
        Guid council, CouncilDocument document, CancellationToken cancellationToken)
    {
        if (await OfAsync(council, cancellationToken) is not { } persons)
        {
            return (document, []);
        }

        var theirs = (document.Contacts ?? []).Where(persons.Are).ToList();
        var contacts = (document.Contacts ?? []).Except(theirs).ToList();
        document = document with { Contacts = contacts.Count == 0 ? null : contacts };
        List<Violation> notes = [.. theirs.Select(contact => new Violation("objected-contact", [contact.Function]) { Pointer = "/contact" })];
        var json = JsonSerializer.SerializeToElement(document, ModelJsonContext.Instance.CouncilDocument);
        string[] words = [.. JsonTexts.Of(json).SelectMany(place => persons.Persons.In(place.Text)).Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length)];
        if (words.Length == 0)
        {
            return (document, notes);
        }

        var clean = await database.Database.SqlQueryRaw<string>("select directory.without_words({0}::jsonb, {1})::text as \"Value\"", json.GetRawText(), words).ToListAsync(cancellationToken);
        return (StatementJson.Read<CouncilDocument>(clean[0]), [.. notes, new Violation("objected-words", []) { Pointer = "" }]);
    }

    /// <summary>One fingerprint, and of which key.</summary>
    internal sealed record NotedFingerprint
    {
        public required byte[] Fingerprint { get; init; }

        public required byte[] KeyId { get; init; }
    }
}

/// <summary>Recognises those who objected in one council.</summary>
internal sealed class Objected(PersonalWords persons)
{
    public PersonalWords Persons => persons;

    /// <summary>Where a body speaks of them. What it says is not repeated.</summary>
    public IReadOnlyList<Violation> Check(JsonElement body) =>
        [.. JsonTexts.Of(body).Where(Speaks).Select(text => text.Pointer).Distinct(StringComparer.Ordinal).Take(Refusal.MostErrors).Select(pointer => new Violation("objected", []) { Pointer = pointer })];

    /// <summary>Whether a contact is one of theirs, and not a function's that shows a word of them.</summary>
    public bool Are(Contact contact) =>
        (contact.Nominative || persons.In(contact.Label).Count > 0) && JsonTexts.Of(JsonSerializer.SerializeToElement(contact, ModelJsonContext.Instance.Contact)).Any(Speaks);

    private bool Speaks(JsonTexts.Place place) =>
        persons.In(place.Text).Count > 0 || (place.Pointer.EndsWith("/person", StringComparison.Ordinal) && persons.IsPerson(place.Text));
}
