using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Values;

/// <summary>
/// An organisation of the same council. Answers carry both members. In a request either is enough: `id` decides where it is given,
/// else `name` must be the name or the acronym of one of the council's organisations.
/// </summary>
[Reference]
public sealed record OrganisationReference
{
    /// <summary>Id of the organisation in this council.</summary>
    public Guid? Id { get; init; }

    /// <summary>Name of the organisation, always that of the organisation itself in answers.</summary>
    /// <example>Ville de Grenoble</example>
    [Text(300)]
    public string? Name { get; init; }
}
