using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Statements;
using FluentValidation;

namespace CLSM.Directory.Api.Parts;

/// <summary>What a kind of parts is called: in addresses, in the change log, and for the reader of the contract.</summary>
internal sealed record PartNames(string Path, string Type, string Tag, string OneOperation, string ManyOperation, string One, string Many)
{
    /// <summary>Member of the document that holds them.</summary>
    public required string Member { get; init; }

    /// <summary>What a list of them is good for, for the contract.</summary>
    public required string Purpose { get; init; }
}

/// <summary>A filter of a list: the parameter, and what it asks of a row.</summary>
internal sealed record PartFilter<TRow>(QueryParameter Parameter, Func<IReadOnlyList<string>, Expression<Func<TRow, bool>>> Matches);

/// <summary>One kind of parts of a council, as the document needs to know it.</summary>
internal abstract class PartSlice
{
    public abstract PartNames Names { get; }

    /// <summary>Type of the wire record.</summary>
    public abstract Type Record { get; }

    public abstract IReadOnlyList<CouncilPart> Of(CouncilDocument document);

    public abstract IQueryable<PartRow> Rows(DirectoryDbContext database);

    public abstract PartRow NewRow(Guid council, CouncilPart part, Guid id);

    /// <summary>What is wrong with a part by itself, given the ids of its council's sources.</summary>
    public abstract IEnumerable<Violation> Check(CouncilPart part, IReadOnlySet<string> sources);

    /// <summary>The part that a JSON value states, once its shape has been checked.</summary>
    public abstract CouncilPart Read(JsonElement value);
}

/// <summary>One kind of parts: its row, its record, its rules and its filters. Everything that is the same for all kinds is in <see cref="PartRoutes"/>.</summary>
internal abstract class PartSlice<TRow, TPart>(IValidator<TPart> validator) : PartSlice
    where TRow : PartRow<TPart>, new()
    where TPart : CouncilPart
{
    public override Type Record => typeof(TPart);

    public abstract IReadOnlyList<PartFilter<TRow>> Filters { get; }

    /// <summary>Members that a source may leave out, as the database lists them for <c>missing</c>.</summary>
    public abstract IReadOnlyList<string> MayMiss { get; }

    public override IQueryable<PartRow> Rows(DirectoryDbContext database) => database.Set<TRow>();

    public override PartRow NewRow(Guid council, CouncilPart part, Guid id)
    {
        var row = new TRow { CouncilId = council, Id = id };
        row.Restate(part);
        return row;
    }

    public override IEnumerable<Violation> Check(CouncilPart part, IReadOnlySet<string> sources) =>
        validator.Violations((TPart)part)
            .Concat(EvidenceCheck.Check((TPart)part, part.Evidence, sources))
            .Concat(part.SourceId is { } source && !sources.Contains(source)
                ? [new Violation("unknown-source", [source]) { Pointer = "/source", Value = source, Closest = Closeness.Closest(source, sources) }]
                : []);

    public override CouncilPart Read(JsonElement value) => value.Deserialize((JsonTypeInfo<TPart>)DirectoryJson.Web.GetTypeInfo(typeof(TPart))!)!;
}
