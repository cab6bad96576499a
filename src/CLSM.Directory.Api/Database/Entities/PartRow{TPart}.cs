using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Database.Entities;

/// <summary>A part of one kind.</summary>
internal abstract class PartRow<TPart> : PartRow
    where TPart : CouncilPart
{
    public TPart Statement { get; private set; } = null!;

    public override TPart ToModel(string? council) =>
        Statement with { Id = Id, Council = council, Version = Version, CreatedAt = CreatedAt, UpdatedAt = UpdatedAt };

    public override bool IsPublic => Statement.IsPublic;

    /// <summary>Stores the part; returns false if nothing differs.</summary>
    public bool Update(TPart part, JsonTypeInfo<TPart> record)
    {
        var statement = part with { Id = null, Council = null, Version = null, CreatedAt = null, UpdatedAt = null };
        if (Statement is not null && StatementJson.Same(Statement, statement, record))
        {
            return false;
        }

        Statement = statement;
        NaturalKey = part.NaturalKey;
        return true;
    }
}
