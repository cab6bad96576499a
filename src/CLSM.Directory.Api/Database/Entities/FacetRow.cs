namespace CLSM.Directory.Api.Database.Entities;

/// <summary>Something said about a council, by itself or by one of its parts; kept by the database.</summary>
internal sealed class FacetRow
{
    public Guid CouncilId { get; init; }

    public string Name { get; init; } = "";

    public string Value { get; init; } = "";
}
