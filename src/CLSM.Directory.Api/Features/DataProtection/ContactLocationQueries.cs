using Npgsql;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>Finds the councils in which a contact is, or was, as the service sees them.</summary>
internal static class ContactLocationQueries
{
    public static async Task<IReadOnlyList<ContactLocation>> FindAsync(
        NpgsqlDataSource database, Guid contact, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select council_id, council_code, visibility from directory.contact_places($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = contact });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var locations = new List<ContactLocation>();
        while (await reader.ReadAsync(cancellationToken))
        {
            locations.Add(new ContactLocation(
                contact,
                reader.GetGuid(0),
                reader.GetString(1),
                await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetString(2)));
        }

        return locations;
    }
}
