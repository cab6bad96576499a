using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Api.Database.Entities;

/// <summary>A council: the root of a tenant.</summary>
internal sealed class CouncilRow : ResourceRow
{
    public required string Code { get; set; }

    public required Council Statement { get; set; }

    public string Kind { get; private set; } = "";

    public string Status { get; private set; } = "";

    public List<string> Themes { get; private set; } = [];

    public Council ToCouncil() => Statement with { Id = Id, Code = Code, Version = Version, CreatedAt = CreatedAt, UpdatedAt = UpdatedAt };

    /// <summary>The council without its parts, as a document.</summary>
    public CouncilDocument ToDocument() => new(ToCouncil());
}
