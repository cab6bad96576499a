using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>Who objected in the council that was entered, as far as one can know: by recognising them.</summary>
internal sealed class ObjectionRegistry(ObjectionQueries queries, ObjectionKey key) : ICouncilWriteRule, IImportFilter
{
    /// <summary>Those of a council; null where nobody did, which is nearly always.</summary>
    /// <exception cref="ObjectionSecretMissingException">Somebody did, and nobody can tell who.</exception>
    public async Task<ObjectionMatcher?> OfAsync(Guid council, CancellationToken cancellationToken)
    {
        var noted = await queries.ReadFingerprintsAsync(council, cancellationToken);
        if (noted.Count == 0)
        {
            return null;
        }

        if (!noted.All(one => one.KeyId.AsSpan().SequenceEqual(key.Id)))
        {
            throw new ObjectionSecretMissingException();
        }

        var fingerprints = noted.Select(one => Convert.ToHexString(one.Fingerprint)).ToHashSet(StringComparer.Ordinal);
        return new ObjectionMatcher(new PersonMatcher(value => fingerprints.Contains(Convert.ToHexString(key.Fingerprint(council, value)))));
    }

    /// <summary>Returns where content speaks of somebody who objected.</summary>
    public async Task<IReadOnlyList<ValidationError>> CheckAsync(Guid council, JsonElement content, CancellationToken cancellationToken) =>
        (await OfAsync(council, cancellationToken))?.Check(content) ?? [];

    /// <summary>Takes those who objected out of the document of a sheet: a sheet that brings somebody back is not refused for it.</summary>
    public async Task<(CouncilDocument Document, IReadOnlyList<ValidationError> Notes)> FilterAsync(
        Guid council, CouncilDocument document, CancellationToken cancellationToken)
    {
        if (await OfAsync(council, cancellationToken) is not { } persons)
        {
            return (document, []);
        }

        var theirs = (document.Contacts ?? []).Where(persons.Matches).ToList();
        var contacts = (document.Contacts ?? []).Except(theirs).ToList();
        document = document with { Contacts = contacts.Count == 0 ? null : contacts };
        List<ValidationError> notes = [.. theirs.Select(contact => new ValidationError("objected-contact", [contact.Function]) { Pointer = "/contact" })];
        var json = JsonSerializer.SerializeToElement(document, ModelJsonContext.Instance.CouncilDocument);
        string[] words =
        [
            .. JsonStrings.Of(json)
                .SelectMany(place => persons.Persons.Find(place.Text))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(word => word.Length),
        ];
        if (words.Length == 0)
        {
            return (document, notes);
        }

        var clean = await queries.RemoveWordsAsync(json.GetRawText(), words, cancellationToken);
        return (StatementJson.Read<CouncilDocument>(clean), [.. notes, new ValidationError("objected-words", []) { Pointer = "" }]);
    }
}
