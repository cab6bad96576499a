using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Parts;

/// <summary>
/// A way to reach a council: a function first. Where it names or identifies a person (`nominative`), it has a legal basis, a source and a review date (RGPD).
/// </summary>
public sealed record Contact : CouncilPart
{
    /// <summary>Code of the list `contact-functions`, such as `coordinator`.</summary>
    /// <example>coordinator</example>
    [Code("contact-functions")]
    public required string Function { get; init; }

    /// <summary>The contact in the words of the source.</summary>
    /// <example>Direction santé publique et environnementale</example>
    [Text(300)]
    public required string Label { get; init; }

    /// <summary>The organisation at which it is reached.</summary>
    public OrganisationReference? Organisation { get; init; }

    /// <summary>Name of a person; only in a nominative contact.</summary>
    [Text(200)]
    public string? Person { get; init; }

    /// <summary>True where the contact names or identifies a person, even by an e-mail address.</summary>
    /// <example>false</example>
    public required bool Nominative { get; init; }

    /// <summary>Who may see it. Code of the list `visibilities`: `public`, `partners`, `council`.</summary>
    /// <example>public</example>
    [Code("visibilities")]
    public required string Visibility { get; init; }

    /// <summary>E-mail addresses.</summary>
    [Email, MaxItems(10)]
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>Telephone numbers in E.164, such as `+33476034352`.</summary>
    [Pattern(PatternKind.Phone), MaxItems(10)]
    public IReadOnlyList<string>? Phones { get; init; }

    /// <summary>Postal address.</summary>
    public PostalAddress? Address { get; init; }

    /// <summary>Legal basis for keeping personal data (RGPD, art. 6). Code of the list `legal-bases`. Needed when nominative.</summary>
    [Code("legal-bases")]
    public string? LegalBasis { get; init; }

    /// <summary>Id of the council's source that published it. Needed when nominative.</summary>
    [Text(100)]
    public string? Source { get; init; }

    /// <summary>Day by which it is to be checked again. Needed when nominative.</summary>
    public DateOnly? ReviewOn { get; init; }

    internal override string Title => Label;

    internal override string? SourceId => Source;

    internal override PostalAddress? PostalAddress => Address;

    internal override bool IsPublic => Visibility == "public";

    internal override string NaturalKey => KeyOf(Function, Label);

    internal override CouncilPart WithOrganisations(Func<OrganisationReference, OrganisationReference> replace) =>
        this with { Organisation = Organisation is { } o ? replace(o) : null };
}
