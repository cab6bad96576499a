using System.Text.Json;
using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Documents;

/// <summary>Reads a council with everything in it, in one statement: one round trip and one snapshot, whatever its number of parts.</summary>
internal sealed class DocumentQueries(PartTypeCatalogue types)
{
    public Task<CouncilDocument?> ReadAsync(DirectoryDbContext database, Guid council, CancellationToken cancellationToken) =>
        ReadAsync(database, council, CouncilDocument.PartMembers, cancellationToken);

    /// <summary>The council with only these of its lists.</summary>
    public async Task<CouncilDocument?> ReadAsync(DirectoryDbContext database, Guid council, IReadOnlyList<string> members, CancellationToken cancellationToken) =>
        DocumentOf(await database.Database.SqlQueryRaw<DocumentLine>(Sql(database, members), council).ToListAsync(cancellationToken));

    /// <summary>The public documents of these councils by their codes, one after the other.</summary>
    public async IAsyncEnumerable<CouncilDocument> StreamAsync(
        IQueryable<CouncilRow> councils, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var documents = councils.OrderBy(row => row.Code).ThenBy(row => row.Id).Select(row => PublishedDbContext.DocumentOf(row.Id));
        await foreach (var document in documents.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return DocumentOf([.. JsonSerializer.Deserialize(document, CouncilsJsonContext.Instance.ListDocumentPart)!.Select(part => part.ToLine())])!;
        }
    }

    /// <summary>The document that rows make; null where none of them is the council's.</summary>
    public CouncilDocument? DocumentOf(IReadOnlyList<DocumentLine> lines)
    {
        if (lines.FirstOrDefault(line => line.Type == "council") is not { } root)
        {
            return null;
        }

        var parts = lines.ToLookup(line => line.Type);
        var council = StatementJson.Read<CouncilDocument>(root.Statement) with
        {
            Id = root.Id,
            Version = root.Version,
            CreatedAt = root.CreatedAt,
            UpdatedAt = root.UpdatedAt,
        };
        return types.InDocuments.Aggregate(
            council, (document, type) => type.With(document, [.. parts[type.Names.Type].Select(line => PartOf(type, line))]));
    }

    private static CouncilPart PartOf(PartType type, DocumentLine line) =>
        type.Read(line.Statement) with
        {
            Id = line.Id,
            Version = line.Version,
            CreatedAt = line.CreatedAt,
            UpdatedAt = line.UpdatedAt,
        };

    private string Sql(DirectoryDbContext database, IReadOnlyList<string> members) => string.Join(
        "\nunion all\n",
        types.InDocuments.Where(type => members.Contains(type.Names.Member)).Select(type => (type.Names.Type, type.Table, Key: "council_id"))
            .Prepend((Type: "council", Table: "council", Key: "id"))
            .Select(part => $$"""
                select '{{part.Type}}' as "Type", id as "Id", version as "Version", created_at as "CreatedAt", updated_at as "UpdatedAt", statement::text as "Statement"
                from {{database.SchemaOf(part.Table)}}.{{part.Table}} where {{part.Key}} = {0}
                """)) + "\norder by \"Type\", \"CreatedAt\", \"Id\"";

    /// <summary>One row of a document.</summary>
    internal sealed record DocumentLine
    {
        public required string Type { get; init; }

        public required Guid Id { get; init; }

        public required int Version { get; init; }

        public required DateTime CreatedAt { get; init; }

        public required DateTime UpdatedAt { get; init; }

        public required string Statement { get; init; }
    }
}

/// <summary>One row of a document, as the database gathers them.</summary>
internal sealed record DocumentPart(string Type, Guid Id, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, JsonElement Statement)
{
    public DocumentQueries.DocumentLine ToLine() => new()
    {
        Type = Type,
        Id = Id,
        Version = Version,
        CreatedAt = CreatedAt.UtcDateTime,
        UpdatedAt = UpdatedAt.UtcDateTime,
        Statement = Statement.GetRawText(),
    };
}
