using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Database.Entities;

/// <summary>A part of a council: a row of a tenant.</summary>
internal abstract class PartRow : ResourceRow
{
    public Guid CouncilId { get; init; }

    public string NaturalKey { get; protected set; } = "";

    /// <summary>Only in national reading.</summary>
    public string? CouncilCode { get; private set; }

    /// <summary>The part with what the database keeps of it, and the code of its council.</summary>
    public abstract CouncilPart ToModel(string? council);

    /// <summary>Whether everybody may see it.</summary>
    public abstract bool IsPublic { get; }
}
