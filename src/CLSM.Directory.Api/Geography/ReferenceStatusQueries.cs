using Npgsql;

namespace CLSM.Directory.Api.Geography;

/// <summary>Which territorial reference is loaded, and how much of it.</summary>
/// <param name="Version">Its number.</param>
/// <param name="LoadedAt">When it was loaded.</param>
/// <param name="Vintage">Year of its lists of communes and EPCI, or that it was not said.</param>
/// <param name="PopulationYear">Year of its populations, or that it was not said.</param>
/// <param name="Communes">Present communes.</param>
/// <param name="OtherCodes">Arrondissements, and delegated, associated and former communes.</param>
/// <param name="Epcis">EPCI.</param>
/// <param name="Departments">Départements.</param>
/// <param name="Regions">Regions.</param>
/// <param name="CoveredCommunes">Communes or arrondissements that councils cover, wholly or in part.</param>
internal sealed record ReferenceStatus(
    long Version,
    DateTime LoadedAt,
    string Vintage,
    string PopulationYear,
    long Communes,
    long OtherCodes,
    long Epcis,
    long Departments,
    long Regions,
    long CoveredCommunes);

/// <summary>Reads what the territorial reference contains.</summary>
internal static class ReferenceStatusQueries
{
    public static async Task<ReferenceStatus> ReadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select s.version, s.loaded_at, coalesce(s.vintage::text, 'not said'), coalesce(s.population_year::text, 'not said'),
                   (select count(*) from published.reference_commune where type = 'commune'),
                   (select count(*) from published.reference_commune where type <> 'commune'),
                   (select count(*) from published.reference_epci),
                   (select count(*) from published.reference_department),
                   (select count(*) from published.reference_region),
                   (select count(distinct commune_code) from published.coverage)
            from published.reference_state s
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ReferenceStatus(
            reader.GetInt64(0),
            reader.GetDateTime(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetInt64(4),
            reader.GetInt64(5),
            reader.GetInt64(6),
            reader.GetInt64(7),
            reader.GetInt64(8),
            reader.GetInt64(9));
    }
}
