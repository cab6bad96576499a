namespace CLSM.Directory.Api.Database;

/// <summary>Who reads and writes, as far as the database needs to know.</summary>
internal interface ICurrentCaller
{
    /// <summary>Identifier for the history: the same for the same key or subject on every node.</summary>
    string Id { get; }

    /// <summary>Identifier of the request; empty outside a request.</summary>
    string RequestId { get; }

    /// <summary>Regions of which the caller may read the contacts for partners.</summary>
    IReadOnlyList<string> RestrictedRegions { get; }

    /// <summary>Whether the caller may edit a council.</summary>
    bool CanEdit(Guid council);
}
