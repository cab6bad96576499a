namespace CLSM.Directory.Api.Database.Entities;

/// <summary>The number of the last change of all.</summary>
internal sealed class ChangeLogStateRow
{
    public bool OnlyRow { get; init; }

    public long Cursor { get; init; }

    public DateTime At { get; init; }
}
