namespace CLSM.Directory.Api.Database.Entities;

/// <summary>Something public that was removed.</summary>
internal sealed class RemovalRow
{
    public long Cursor { get; init; }

    public Guid CouncilId { get; init; }

    public string CouncilCode { get; init; } = "";

    public string Type { get; init; } = "";

    public Guid Id { get; init; }

    public DateTime At { get; init; }

    public string? Reason { get; init; }
}
