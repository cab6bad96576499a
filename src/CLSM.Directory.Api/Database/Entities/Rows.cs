using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;

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

internal sealed class GovernanceBodyRow : PartRow<GovernanceBody>
{
    public string Type { get; private set; } = "";

    public string? Openness { get; private set; }
}

internal sealed class WorkingGroupRow : PartRow<WorkingGroup>
{
    public string Kind { get; private set; } = "";

    public string? Status { get; private set; }

    public List<string> Themes { get; private set; } = [];
}

internal sealed class OrganisationRow : PartRow<Organisation>
{
    public string? Category { get; private set; }

    public List<string> Roles { get; private set; } = [];

    public string? Siren { get; private set; }

    public string? Siret { get; private set; }

    public string? Finess { get; private set; }

    public string? Rna { get; private set; }
}

internal sealed class ContactRow : PartRow<Contact>
{
    public string Function { get; private set; } = "";

    public string Visibility { get; private set; } = "";
}

internal sealed class EventRow : PartRow<CouncilEvent>
{
    public string Kind { get; private set; } = "";

    public List<string> Themes { get; private set; } = [];
}

/// <summary>An organisation that a statement refers to; kept by the database.</summary>
internal sealed class OrganisationReferenceRow
{
    public Guid CouncilId { get; init; }

    public Guid OrganisationId { get; init; }

    public string ReferrerType { get; init; } = "";

    public Guid ReferrerId { get; init; }
}

/// <summary>A code that a council has or had.</summary>
internal sealed class CouncilCodeRow
{
    public string Code { get; init; } = "";

    public Guid CouncilId { get; init; }

    public DateTime Since { get; init; }
}

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

/// <summary>The number of the last change of all.</summary>
internal sealed class ChangeLogStateRow
{
    public bool OnlyRow { get; init; }

    public long Cursor { get; init; }

    public DateTime At { get; init; }
}

/// <summary>Something said about a council, by itself or by one of its parts; kept by the database.</summary>
internal sealed class FacetRow
{
    public Guid CouncilId { get; init; }

    public string Name { get; init; } = "";

    public string Value { get; init; } = "";
}

/// <summary>A place in which a council covers something today; kept by the database.</summary>
internal sealed class CoveredPlaceRow
{
    public Guid CouncilId { get; init; }

    public string Kind { get; init; } = "";

    public string Code { get; init; } = "";
}
