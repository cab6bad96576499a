namespace CLSM.Directory.Api.Database.Entities;

/// <summary>A place in which a council covers something today; kept by the database.</summary>
internal sealed class CoveredPlaceRow
{
    public Guid CouncilId { get; init; }

    public string Kind { get; init; } = "";

    public string Code { get; init; } = "";
}
