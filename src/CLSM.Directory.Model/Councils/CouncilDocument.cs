using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Councils;

/// <summary>A council with everything in it: the format of import and export. `id`, `version`, `createdAt` and `updatedAt` tell where it comes from and are not read.</summary>
public sealed record CouncilDocument : Council
{
    /// <summary>The members that hold parts.</summary>
    internal static readonly IReadOnlyList<string> PartMembers =
    [
        .. new[] { nameof(GovernanceBodies), nameof(WorkingGroups), nameof(Organisations), nameof(Contacts), nameof(Events) }
            .Select(JsonNamingPolicy.CamelCase.ConvertName),
    ];

    /// <summary>A document without parts.</summary>
    public CouncilDocument()
    {
    }

    /// <summary>The document of a council, without parts.</summary>
    [SetsRequiredMembers]
    public CouncilDocument(Council council)
        : base(council)
    {
    }

    /// <summary>Its governance bodies.</summary>
    [MaxItems(500), JsonPropertyOrder(1)]
    public IReadOnlyList<GovernanceBody>? GovernanceBodies { get; init; }

    /// <summary>Its working groups.</summary>
    [MaxItems(500), JsonPropertyOrder(2)]
    public IReadOnlyList<WorkingGroup>? WorkingGroups { get; init; }

    /// <summary>The organisations that take part.</summary>
    [MaxItems(5_000), JsonPropertyOrder(3)]
    public IReadOnlyList<Organisation>? Organisations { get; init; }

    /// <summary>How to reach it.</summary>
    [MaxItems(500), JsonPropertyOrder(4)]
    public IReadOnlyList<Contact>? Contacts { get; init; }

    /// <summary>Its events.</summary>
    [MaxItems(1_000), JsonPropertyOrder(5)]
    public IReadOnlyList<CouncilEvent>? Events { get; init; }
}
