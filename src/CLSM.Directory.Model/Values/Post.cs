using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Values;

/// <summary>A post, such as the chair, named by its function. It exists without a holder, and a person is never named here.</summary>
public sealed record Post
{
    /// <summary>Code of the list `post-functions`, such as `chair` or `vice-chair`.</summary>
    /// <example>chair</example>
    [Code("post-functions")]
    public required string Function { get; init; }

    /// <summary>The function in the words of the source.</summary>
    /// <example>le Maire ou son représentant</example>
    [Text(500)]
    public string? Label { get; init; }

    /// <summary>The organisation to which the holder belongs.</summary>
    public OrganisationReference? HolderOrganisation { get; init; }
}
