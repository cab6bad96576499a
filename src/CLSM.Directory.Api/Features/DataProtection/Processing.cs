using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>What is held of a contact, and why (RGPD, art. 13 to 15).</summary>
public sealed record Processing
{
    /// <summary>Id of the contact.</summary>
    public required Guid Contact { get; init; }

    /// <summary>Code of its council.</summary>
    /// <example>grenoble</example>
    public required string Council { get; init; }

    /// <summary>Its function. Code of the list `contact-functions`.</summary>
    /// <example>coordinator</example>
    [Code("contact-functions")]
    public required string Function { get; init; }

    /// <summary>Whether it names or identifies a person.</summary>
    public required bool Nominative { get; init; }

    /// <summary>Who may see it. Code of the list `visibilities`.</summary>
    public required LabelledCode Visibility { get; init; }

    /// <summary>Which values are held; the values themselves are at `href`.</summary>
    public required IReadOnlyList<HeldValue> Held { get; init; }

    /// <summary>What they are held for.</summary>
    public required Label Purpose { get; init; }

    /// <summary>Legal basis (RGPD, art. 6); absent where nothing personal is held, or none is stated. Code of the list `legal-bases`.</summary>
    public LabelledCode? LegalBasis { get; init; }

    /// <summary>Where they come from.</summary>
    public Source? Source { get; init; }

    /// <summary>Day by which they are to be checked again.</summary>
    public DateOnly? ReviewOn { get; init; }

    /// <summary>Who sees them.</summary>
    public required Label Recipients { get; init; }

    /// <summary>How long they are kept.</summary>
    public required Label Retention { get; init; }

    /// <summary>What the person may ask, and whom.</summary>
    public required Label Rights { get; init; }

    /// <summary>Where the contact is read.</summary>
    /// <example>/v1/councils/grenoble/contacts/01a200f2-4f07-765f-812a-c5c92ef9f088</example>
    public required string Href { get; init; }

    /// <summary>Where its council, or an administrator, withdraws it for ever (POST).</summary>
    /// <example>/v1/contacts/01a200f2-4f07-765f-812a-c5c92ef9f088/objection</example>
    public required string Objection { get; init; }
}

/// <summary>A code with what people read.</summary>
public sealed record LabelledCode
{
    /// <summary>The code.</summary>
    /// <example>public</example>
    public required string Code { get; init; }

    /// <summary>What people read.</summary>
    public required Label Label { get; init; }
}

/// <summary>A value that is held.</summary>
public sealed record HeldValue
{
    /// <summary>JSON Pointer into the contact.</summary>
    /// <example>/emails</example>
    public required string Member { get; init; }

    /// <summary>What people call it.</summary>
    public required Label Label { get; init; }

    /// <summary>Whether it is personal data.</summary>
    public required bool Personal { get; init; }
}
