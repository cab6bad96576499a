using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;
using FluentValidation;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>
/// The definition of one kind of parts: all that the rest of the service knows about it. Whoever adds a kind writes one definition and
/// registers it with <see cref="PartTypesSetup.AddPartType{T}"/>.
/// </summary>
internal abstract class PartType : IPartTable
{
    public abstract PartNames Names { get; }

    public string Table => Names.Table;

    public string? DocumentMember => IsInDocuments ? Names.Member : null;

    /// <summary>JSON metadata of the record.</summary>
    public abstract JsonTypeInfo Record { get; }

    /// <summary>Members that a source may leave out: the values of <c>missing</c>. The SQL of the table lists the same.</summary>
    public abstract IReadOnlyList<string> OptionalMembers { get; }

    /// <summary>Bodies for the contract. A kind of the contract has some.</summary>
    public virtual PartExamples? Examples => null;

    /// <summary>The contract's response for a part that <see cref="OnRemovingAsync"/> refuses to remove, where there are such parts.</summary>
    public virtual string? RemovalConflict => null;

    /// <summary>Whether a council document has a list of these parts. A document leaves parts of other kinds as they are.</summary>
    public abstract bool IsInDocuments { get; }

    /// <summary>The parts that a document contains.</summary>
    public abstract IReadOnlyList<CouncilPart> Of(CouncilDocument document);

    /// <summary>The document with these parts; without the member where there are none.</summary>
    public abstract CouncilDocument With(CouncilDocument document, IReadOnlyList<CouncilPart> parts);

    public abstract IQueryable<PartRow> Rows(DirectoryDbContext database);

    public abstract PartRow NewRow(Guid council, CouncilPart part, Guid id);

    /// <summary>Stores the part in the row; returns false if nothing differs.</summary>
    public abstract bool Update(PartRow row, CouncilPart part);

    /// <summary>The errors of a part by itself, given the ids of its council's sources.</summary>
    public abstract IEnumerable<ValidationError> Check(CouncilPart part, IReadOnlySet<string> sources);

    /// <summary>Reads a JSON value whose shape has been checked.</summary>
    public abstract CouncilPart Read(JsonElement value);

    /// <summary>Reads a stored statement.</summary>
    public abstract CouncilPart Read(string statement);

    /// <summary>Parts of one document that exclude each other, beyond equal natural keys. Pointers start at the list.</summary>
    public virtual IEnumerable<ValidationError> FindConflicts(IReadOnlyList<CouncilPart> parts) => [];

    /// <summary>The problem if the council has another part that excludes this one, beyond an equal natural key.</summary>
    public virtual Task<ApiProblem?> FindConflictAsync(
        PartContext context, CouncilPart part, Guid? self, CancellationToken cancellationToken) =>
        Task.FromResult<ApiProblem?>(null);

    /// <summary>Updates what shows the name of the part. Called in the transaction that changes it.</summary>
    public virtual Task OnRenamedAsync(PartContext context, Guid id, string name, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>The problem if the part cannot be removed.</summary>
    public virtual Task<ApiProblem?> OnRemovingAsync(PartContext context, PartRow row, CancellationToken cancellationToken) =>
        Task.FromResult<ApiProblem?>(null);

    /// <summary>Calls the visitor with the types of the definition.</summary>
    public abstract TResult Accept<TResult>(IPartTypeVisitor<TResult> visitor);

    public abstract void AddTo(IPartModel model);
}

/// <summary>Made-up bodies that create and change a part in the sandbox, which is where the contract's examples write.</summary>
internal sealed record PartExamples(string Create, string Change);

/// <summary>Works on part types whose row and record it must name, such as a query or a generic endpoint.</summary>
internal interface IPartTypeVisitor<out TResult>
{
    TResult Visit<TRow, TPart>(PartType<TRow, TPart> type)
        where TRow : PartRow<TPart>, new()
        where TPart : CouncilPart;
}

/// <summary>The definition of one kind of parts, with its row and its record.</summary>
/// <param name="metadata">JSON metadata of the record.</param>
/// <param name="rules">Rules on more than the shape of one member; none without it.</param>
/// <param name="member">The member of the document that holds the parts; none without it.</param>
internal abstract class PartType<TRow, TPart>(JsonTypeInfo<TPart> metadata, IValidator<TPart>? rules, DocumentMember<TPart>? member)
    : PartType
    where TRow : PartRow<TPart>, new()
    where TPart : CouncilPart
{
    public override JsonTypeInfo Record => Metadata;

    /// <summary>JSON metadata of the record.</summary>
    public JsonTypeInfo<TPart> Metadata { get; } = metadata;

    /// <summary>The filters on members of the record, for the lists of one council and of all.</summary>
    public abstract IReadOnlyList<PartFilter<TRow>> Filters { get; }

    /// <summary>The columns of its own in flat exports.</summary>
    public virtual IReadOnlyList<ExportColumn<TPart>> Columns => [];

    public override bool IsInDocuments => member is not null;

    public override IReadOnlyList<CouncilPart> Of(CouncilDocument document) => member?.Get(document) ?? [];

    public override CouncilDocument With(CouncilDocument document, IReadOnlyList<CouncilPart> parts) =>
        member is null ? document : member.Set(document, parts.Count == 0 ? null : [.. parts.Cast<TPart>()]);

    public override IQueryable<PartRow> Rows(DirectoryDbContext database) => database.Set<TRow>();

    public override PartRow NewRow(Guid council, CouncilPart part, Guid id)
    {
        var row = new TRow { CouncilId = council, Id = id };
        row.Update((TPart)part, Metadata);
        return row;
    }

    public override bool Update(PartRow row, CouncilPart part) => ((TRow)row).Update((TPart)part, Metadata);

    public override IEnumerable<ValidationError> Check(CouncilPart part, IReadOnlySet<string> sources) =>
        (rules?.FindErrors((TPart)part) ?? [])
            .Concat(EvidenceValidator.Check((TPart)part, Metadata, part.Evidence, sources))
            .Concat(part.SourceId is { } source && !sources.Contains(source)
                ? [UnknownSource(source, sources)]
                : []);

    private static ValidationError UnknownSource(string source, IReadOnlySet<string> sources) =>
        new("unknown-source", [source]) { Pointer = "/source", Value = source, Closest = ClosestMatch.Find(source, sources) };

    public override CouncilPart Read(JsonElement value) => value.Deserialize(Metadata)!;

    public override CouncilPart Read(string statement) => JsonSerializer.Deserialize(statement, Metadata)!;

    public override TResult Accept<TResult>(IPartTypeVisitor<TResult> visitor) => visitor.Visit(this);

    public override void AddTo(IPartModel model) => model.Add<TRow, TPart>(Table, Metadata);
}
