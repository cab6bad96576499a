using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.Documents;

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
    [Items(500), JsonPropertyOrder(1)]
    public IReadOnlyList<GovernanceBody>? GovernanceBodies { get; init; }

    /// <summary>Its working groups.</summary>
    [Items(500), JsonPropertyOrder(2)]
    public IReadOnlyList<WorkingGroup>? WorkingGroups { get; init; }

    /// <summary>The organisations that take part.</summary>
    [Items(5_000), JsonPropertyOrder(3)]
    public IReadOnlyList<Organisation>? Organisations { get; init; }

    /// <summary>How to reach it.</summary>
    [Items(500), JsonPropertyOrder(4)]
    public IReadOnlyList<Contact>? Contacts { get; init; }

    /// <summary>Its events.</summary>
    [Items(1_000), JsonPropertyOrder(5)]
    public IReadOnlyList<CouncilEvent>? Events { get; init; }
}
