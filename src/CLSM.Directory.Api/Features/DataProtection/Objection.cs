using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>What an objection took away; none of the values themselves.</summary>
public sealed record Objection
{
    /// <summary>Id of the contact; its address answers 410 from now on.</summary>
    public required Guid Contact { get; init; }

    /// <summary>Code of its council.</summary>
    /// <example>grenoble</example>
    public required string Council { get; init; }

    /// <summary>The reason that the change feed and the tombstone give.</summary>
    /// <example>objection</example>
    [Code("removal-reasons")]
    public required string Reason { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many contacts were removed: this one, and others of the same person in the council.</summary>
    /// <example>1</example>
    public required int Contacts { get; init; }

    /// <summary>From how many other texts of the council (its own, and those of its parts) words of the person were taken.</summary>
    /// <example>0</example>
    public required int Texts { get; init; }

    /// <summary>From how many entries of its history, besides those of the contact.</summary>
    /// <example>0</example>
    public required int HistoryEntries { get; init; }
}
