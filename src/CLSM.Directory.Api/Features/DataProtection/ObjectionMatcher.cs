using System.Text.Json;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>Recognises those who objected in one council.</summary>
internal sealed class ObjectionMatcher(PersonMatcher persons)
{
    public PersonMatcher Persons => persons;

    /// <summary>Where a body speaks of them. What it says is not repeated.</summary>
    public IReadOnlyList<ValidationError> Check(JsonElement body) =>
        [.. JsonStrings.Of(body).Where(Speaks).Select(text => text.Pointer).Distinct(StringComparer.Ordinal).Take(ValidationError.MaxErrors).Select(pointer => new ValidationError("objected", []) { Pointer = pointer })];

    /// <summary>Whether a contact is one of theirs, and not a function's that shows a word of them.</summary>
    public bool Matches(Contact contact) =>
        (contact.Nominative || persons.Find(contact.Label).Count > 0) && JsonStrings.Of(JsonSerializer.SerializeToElement(contact, ModelJsonContext.Instance.Contact)).Any(Speaks);

    private bool Speaks(JsonStrings.Place place) =>
        persons.Find(place.Text).Count > 0 || (place.Pointer.EndsWith("/person", StringComparison.Ordinal) && persons.IsPerson(place.Text));
}
