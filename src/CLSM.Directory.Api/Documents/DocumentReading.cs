using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.WorkingGroups;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Documents;

/// <summary>Reads a council with everything in it, in one statement: one round trip and one snapshot, whatever its number of parts.</summary>
internal static class DocumentReading
{
    public static async Task<CouncilDocument?> ReadAsync(DirectoryDbContext database, Guid council, CancellationToken cancellationToken)
    {
        var lines = await database.Database.SqlQueryRaw<DocumentLine>(Sql(database), council).ToListAsync(cancellationToken);
        if (lines.FirstOrDefault(line => line.Type == "council") is not { } root)
        {
            return null;
        }

        var parts = lines.ToLookup(line => line.Type);
        return StatementJson.Read<CouncilDocument>(root.Statement) with
        {
            Id = root.Id,
            Version = root.Version,
            CreatedAt = root.CreatedAt,
            UpdatedAt = root.UpdatedAt,
            GovernanceBodies = Parts<GovernanceBody>("governance-body"),
            WorkingGroups = Parts<WorkingGroup>("working-group"),
            Organisations = Parts<Organisation>("organisation"),
            Contacts = Parts<Contact>("contact"),
            Events = Parts<CouncilEvent>("event"),
        };

        List<T>? Parts<T>(string type)
            where T : CouncilPart
        {
            var list = parts[type].Select(line => (T)(CouncilPart)(StatementJson.Read<T>(line.Statement) with
            {
                Id = line.Id,
                Version = line.Version,
                CreatedAt = line.CreatedAt,
                UpdatedAt = line.UpdatedAt,
            })).ToList();
            return list.Count == 0 ? null : list;
        }
    }

    private static string Sql(DirectoryDbContext database) => string.Join(
        "\nunion all\n",
        PartSlices.All.Select(slice => (Type: slice.Names.Type, Key: "council_id"))
            .Prepend((Type: "council", Key: "id"))
            .Select(part => (part.Type, part.Key, Table: part.Type.Replace('-', '_')))
            .Select(part => $$"""
                select '{{part.Type}}' as "Type", id as "Id", version as "Version", created_at as "CreatedAt", updated_at as "UpdatedAt", statement::text as "Statement"
                from {{database.SchemaOf(part.Table)}}.{{part.Table}} where {{part.Key}} = {0}
                """)) + "\norder by \"Type\", \"CreatedAt\", \"Id\"";

    /// <summary>One row of a document.</summary>
    private sealed record DocumentLine
    {
        public required string Type { get; init; }

        public required Guid Id { get; init; }

        public required int Version { get; init; }

        public required DateTime CreatedAt { get; init; }

        public required DateTime UpdatedAt { get; init; }

        public required string Statement { get; init; }
    }
}
