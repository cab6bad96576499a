using System.Globalization;
using Npgsql;

namespace CLSM.Directory.Api.Geography;

/// <summary>What a loading changed.</summary>
/// <param name="Version">Number of the reference that is loaded now.</param>
/// <param name="Written">Rows of the reference that were added or changed.</param>
/// <param name="Removed">Rows of the reference that were removed.</param>
/// <param name="Coverage">Rows of the councils' coverage that changed with it.</param>
internal sealed record ReferenceOutcome(long Version, long Written, long Removed, long Coverage)
{
    public bool HasChanged => Written + Removed > 0;
}

/// <summary>Of which years a reference is, where that is said.</summary>
/// <param name="Year">Year of the lists of communes and EPCI.</param>
/// <param name="PopulationYear">Year of the populations.</param>
internal sealed record ReferenceVintage(int? Year, int? PopulationYear)
{
    /// <summary>Of the files that ship; see their SOURCES.md.</summary>
    public static readonly ReferenceVintage Shipped = new(2026, 2023);

    public static readonly ReferenceVintage Unsaid = new(null, null);
}

/// <summary>
/// Loads the territorial reference, as the owner of the schema: files are streamed into temporary tables, checked against each other, and
/// then take the place of what was there, in one transaction. A broken file is refused, and nothing is changed. Files that are not given stay.
/// </summary>
internal static class ReferenceLoading
{
    private const int MaxErrors = 10;

    /// <summary>Loads what ships with the program where nothing is loaded yet.</summary>
    public static async Task LoadShippedAsync(string owner, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using (var isEmpty = source.CreateCommand("select version = 0 from directory.reference_state"))
        {
            if (!(bool)(await isEmpty.ExecuteScalarAsync(cancellationToken))!)
            {
                return;
            }
        }

        await LoadAsync(source, ReferenceFile.Shipped(), ReferenceVintage.Shipped, onlyIfEmpty: true, cancellationToken);
    }

    /// <summary>Takes in files of the names of those that ship.</summary>
    /// <exception cref="ReferenceRefusedException">A file is broken, or the files contradict each other or what is loaded.</exception>
    public static async Task<ReferenceOutcome> UpdateAsync(
        string owner, IReadOnlyList<ReferenceSource> files, ReferenceVintage vintage, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        return await LoadAsync(source, files, vintage, onlyIfEmpty: false, cancellationToken);
    }

    private static async Task<ReferenceOutcome> LoadAsync(
        NpgsqlDataSource source, IReadOnlyList<ReferenceSource> files, ReferenceVintage vintage, bool onlyIfEmpty, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "set local lock_timeout = '60s'; set local statement_timeout = 0", cancellationToken);
        var version = await ScalarAsync(connection, "select version from directory.reference_state for update", cancellationToken);
        if (onlyIfEmpty && version > 0)
        {
            return new ReferenceOutcome(version, 0, 0, 0);
        }

        foreach (var file in ReferenceFile.All)
        {
            await StageAsync(connection, file, files.SingleOrDefault(given => ReferenceFile.Named(given.FileName) == file), version > 0, cancellationToken);
        }

        await CheckAsync(connection, files, cancellationToken);
        var (written, removed) = await ApplyAsync(connection, cancellationToken);
        if (written + removed == 0)
        {
            return new ReferenceOutcome(version, 0, 0, 0);
        }

        version = await StateAsync(connection, files, vintage, cancellationToken);
        await ExecuteAsync(connection, string.Join("; ", ReferenceFile.All.Select(file => $"analyze directory.{file.Table}")), cancellationToken);
        var coverage = await ScalarAsync(connection, "select directory.resolve_coverage()", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ReferenceOutcome(version, written, removed, coverage);
    }

    /// <summary>The rows of a file, or those that are loaded where it is not given, in a temporary table.</summary>
    private static async Task StageAsync(NpgsqlConnection connection, ReferenceFile file, ReferenceSource? source, bool isLoaded, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            connection,
            $"""
            create temporary table incoming_{file.Table} on commit drop as
                select {file.Stored}{(file == ReferenceFile.Epci ? ", null::text[] as member_codes" : "")}, null::integer as line
                from directory.{file.Table}{(source is null ? "" : " limit 0")}
            """,
            cancellationToken);
        if (source is null)
        {
            return;
        }

        var rows = 0L;
        await using (var importer = await connection.BeginBinaryImportAsync(
            $"copy incoming_{file.Table} ({file.Stored}{(file == ReferenceFile.Epci ? ", member_codes" : "")}, line) from stdin (format binary)", cancellationToken))
        {
            await using var text = source.OpenText();
            foreach (var line in ReferenceCsv.Read(source.FileName, text, file.Columns))
            {
                await importer.StartRowAsync(cancellationToken);
                file.Write(importer, line);
                await importer.WriteAsync(line.Number, NpgsqlTypes.NpgsqlDbType.Integer, cancellationToken);
                rows++;
            }

            await importer.CompleteAsync(cancellationToken);
        }

        // A file that was cut reads well up to its end.
        var present = isLoaded ? await ScalarAsync(connection, $"select count(*) from directory.{file.Table}", cancellationToken) : 0;
        if (rows == 0 || rows < present * 9 / 10)
        {
            throw new ReferenceRefusedException(source.FileName, null, string.Create(CultureInfo.InvariantCulture, $"{rows} rows, where {present} are loaded: the file seems to be cut"));
        }
    }

    private static async Task CheckAsync(NpgsqlConnection connection, IReadOnlyList<ReferenceSource> files, CancellationToken cancellationToken)
    {
        // Where the list of EPCI comes alone, its members say which EPCI a commune is in.
        var isGiven = (ReferenceFile file) => files.Any(given => ReferenceFile.Named(given.FileName) == file);
        if (isGiven(ReferenceFile.Epci) && !isGiven(ReferenceFile.Communes))
        {
            await ExecuteAsync(
                connection,
                """
                with membership as (select distinct on (member) member, siren from incoming_reference_epci, unnest(member_codes) member order by member, siren)
                update incoming_reference_commune c set epci_siren = m.siren
                from incoming_reference_commune own left join membership m on m.member = coalesce(own.parent_code, own.code)
                where (c.code, c.type) = (own.code, own.type) and c.epci_siren is distinct from m.siren
                """,
                cancellationToken);
        }

        await ExecuteAsync(connection, "analyze incoming_reference_commune; analyze incoming_reference_epci", cancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            select file, line, reason from (
                select 'regions.csv' as file, max(line) as line, code || ' is given twice' as reason from incoming_reference_region group by code having count(*) > 1
                union all select 'departments.csv', max(line), code || ' is given twice' from incoming_reference_department group by code having count(*) > 1
                union all select 'epci.csv', max(line), siren || ' is given twice' from incoming_reference_epci group by siren having count(*) > 1
                union all select 'communes.csv', max(line), code || ' is given twice as ' || type from incoming_reference_commune group by code, type having count(*) > 1
                union all select 'departments.csv', line, region_code || ' is not a region' from incoming_reference_department
                    where region_code not in (select code from incoming_reference_region)
                union all select 'communes.csv', line, department_code || ' is not a département' from incoming_reference_commune
                    where department_code not in (select code from incoming_reference_department)
                union all select 'communes.csv', c.line, c.region_code || ' is not the region of the département ' || c.department_code
                    from incoming_reference_commune c join incoming_reference_department d on d.code = c.department_code and d.region_code <> c.region_code
                union all select 'communes.csv', line, epci_siren || ' is not an EPCI' from incoming_reference_commune
                    where epci_siren not in (select siren from incoming_reference_epci)
                union all select 'communes.csv', c.line, c.parent_code || ' is not a current commune' from incoming_reference_commune c
                    where c.parent_code is not null and c.parent_code not in (select code from incoming_reference_commune where type = 'commune')
                union all select 'epci.csv', e.line, member || ' is not a current commune' from incoming_reference_epci e, unnest(e.member_codes) member
                    where member not in (select code from incoming_reference_commune where type = 'commune')
                union all select 'epci.csv', e.line, e.siren || ' and communes.csv differ about ' || c.code
                    from incoming_reference_epci e, unnest(e.member_codes) member
                    join incoming_reference_commune c on c.code = member and c.type = 'commune'
                    where c.epci_siren is distinct from e.siren
                union all select 'communes.csv', c.line, c.code || ' is not among the members of ' || c.epci_siren || ' in epci.csv'
                    from incoming_reference_commune c join incoming_reference_epci e on e.siren = c.epci_siren
                    where c.type = 'commune' and e.member_codes is not null and c.code <> all (e.member_codes)
            ) wrong
            order by line is null, file, line, reason
            limit {MaxErrors}
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var errors = new List<(string File, int? Line, string Reason)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            errors.Add((reader.GetString(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetInt32(1), reader.GetString(2)));
        }

        if (errors is [var first, .. var others])
        {
            throw new ReferenceRefusedException(first.File, first.Line, first.Reason + string.Concat(others.Select(error => $"\n{error.File}:{error.Line}: {error.Reason}")));
        }
    }

    /// <summary>Writes only what differs.</summary>
    private static async Task<(long Written, long Removed)> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (written, removed) = (0L, 0L);
        foreach (var file in ReferenceFile.All)
        {
            var rest = file.Stored.Split(", ").Except(file.Key.Split(", ")).ToList();
            written += await ExecuteAsync(
                connection,
                $"""
                insert into directory.{file.Table} as present ({file.Stored}) select {file.Stored} from incoming_{file.Table}
                on conflict ({file.Key}) do update set {string.Join(", ", rest.Select(column => $"{column} = excluded.{column}"))}
                where ({string.Join(", ", rest.Select(column => $"present.{column}"))}) is distinct from ({string.Join(", ", rest.Select(column => $"excluded.{column}"))})
                """,
                cancellationToken);
        }

        foreach (var file in ReferenceFile.All.Reverse())
        {
            removed += await ExecuteAsync(
                connection,
                $"delete from directory.{file.Table} where ({file.Key}) not in (select {file.Key} from incoming_{file.Table})",
                cancellationToken);
        }

        return (written, removed);
    }

    /// <summary>Says which reference is loaded now. New communes whose years nobody says have none, rather than those of others.</summary>
    private static async Task<long> StateAsync(NpgsqlConnection connection, IReadOnlyList<ReferenceSource> files, ReferenceVintage vintage, CancellationToken cancellationToken)
    {
        var isNew = files.Any(file => ReferenceFile.Named(file.FileName) == ReferenceFile.Communes);
        await using var command = new NpgsqlCommand(
            $"""
            update directory.reference_state
            set version = version + 1, loaded_at = clock_timestamp(),
                vintage = {(isNew ? "$1" : "coalesce($1, vintage)")}, population_year = {(isNew ? "$2" : "coalesce($2, population_year)")}
            returning version
            """,
            connection)
        {
            Parameters = { new() { Value = (object?)vintage.Year ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer }, new() { Value = (object?)vintage.PopulationYear ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
