using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Reads a council with everything in it, in one statement: one round trip and one snapshot, whatever its number of parts.</summary>
internal sealed class DocumentQueries(PartTypeCatalogue types)
{
    public Task<CouncilDocument?> ReadAsync(DirectoryDbContext database, Guid council, CancellationToken cancellationToken) =>
        ReadAsync(database, council, CouncilDocument.PartMembers, cancellationToken);

    /// <summary>The council with only these of its lists.</summary>
    public async Task<CouncilDocument?> ReadAsync(
        DirectoryDbContext database, Guid council, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        string[] resources = [CouncilResource.CouncilType, .. TypesOf(members)];
        return DocumentOf(await database.Database.SqlQueryRaw<CouncilResource>(Sql(database), council, resources).ToListAsync(cancellationToken));
    }

    /// <summary>The public documents of these councils by their codes, one after the other.</summary>
    public async IAsyncEnumerable<CouncilDocument> StreamAsync(
        IQueryable<CouncilRow> councils,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string[] resources = [CouncilResource.CouncilType, .. TypesOf(CouncilDocument.PartMembers)];
        var documents = councils.OrderBy(row => row.Code).ThenBy(row => row.Id).Select(row => PublishedDbContext.ResourcesOf(row.Id, resources));
        await foreach (var document in documents.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return DocumentOf(CouncilResource.ReadAll(document))!;
        }
    }

    /// <summary>The types of the parts that these members of a document hold.</summary>
    public string[] TypesOf(IReadOnlyList<string> members) =>
        [.. types.InDocuments.Where(type => members.Contains(type.Names.Member)).Select(type => type.Names.Type)];

    /// <summary>The document that rows make; null where none of them is the council's.</summary>
    public CouncilDocument? DocumentOf(IReadOnlyList<CouncilResource> rows) =>
        rows.FirstOrDefault(row => row.Type == CouncilResource.CouncilType) is { } council
            ? WithParts(
                StatementJson.Read<CouncilDocument>(council.Statement) with
                {
                    Id = council.Id,
                    Version = council.Version,
                    CreatedAt = council.CreatedAt,
                    UpdatedAt = council.UpdatedAt,
                },
                rows)
            : null;

    /// <summary>The council with the parts that were read with it.</summary>
    public CouncilDocument DocumentOf(CouncilRow council) => WithParts(council.ToDocument(), CouncilResource.ReadAll(council.Parts));

    private CouncilDocument WithParts(CouncilDocument council, IReadOnlyList<CouncilResource> rows)
    {
        var parts = rows.ToLookup(row => row.Type);
        return types.InDocuments.Aggregate(
            council, (document, type) => type.With(document, [.. parts[type.Names.Type].Select(row => PartOf(type, row))]));
    }

    private static CouncilPart PartOf(PartType type, CouncilResource row) =>
        type.Read(row.Statement) with
        {
            Id = row.Id,
            Version = row.Version,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
        };

    private static string Sql(DirectoryDbContext database) => $$"""
        select type as "Type", id as "Id", version as "Version", created_at as "CreatedAt", updated_at as "UpdatedAt",
               statement::text as "Statement"
        from {{database.SchemaOf(DirectoryDbContext.CouncilResources)}}.{{DirectoryDbContext.CouncilResources}}
        where council_id = {0} and type = any ({1})
        order by type, created_at, id
        """;
}
