namespace CLSM.Directory.Api.Database.Entities;

/// <summary>What every resource has as a row: who, which version, and the statement itself, whole.</summary>
internal abstract class ResourceRow
{
    public Guid Id { get; init; }

    /// <summary>Generated from the statement: the order of lists.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Set by the database, as are both instants.</summary>
    public int Version { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>What was read together with the row: of a council, those of its parts that were requested, as JSON.</summary>
    public string? Parts { get; set; }
}
