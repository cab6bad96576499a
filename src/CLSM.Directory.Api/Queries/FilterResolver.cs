using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Queries;

/// <summary>
/// Resolves the filters of a request. What only the database knows (which places and councils exist, which communes are near) is looked up in
/// one statement, and refused where it does not exist.
/// </summary>
internal sealed class FilterResolver(PublishedDbContext published, TerritoryValidator territories)
{
    /// <summary>To find the closest costs a search each.</summary>
    private const int MaxUnknown = 20;

    private const int MaxCandidates = 1000;

    private static readonly IReadOnlyList<Lookup> Lookups =
    [
        new(CouncilFilters.Region, TerritoryKind.Region, "select 'region', r.code, r.code from published.reference_region r where r.code = any (@region)"),
        new(CouncilFilters.Department, TerritoryKind.Department, "select 'department', d.code, d.code from published.reference_department d where d.code = any (@department)"),
        new(CouncilFilters.Epci, TerritoryKind.Epci, "select 'epci', e.siren, e.siren from published.reference_epci e where e.siren = any (@epci)"),

        // A code may have two rows: the commune's own comes first, then what is in another.
        new(
            CouncilFilters.Commune,
            TerritoryKind.Commune,
            """
            (select distinct on (m.code) 'commune', m.code, case when m.type in ('commune', 'municipal-arrondissement') then m.code else m.parent_code end
             from published.reference_commune m where m.code = any (@commune) order by m.code, m.type <> 'commune', m.type)
            """),
        new(CouncilFilters.Council, null, "select 'council', k.code, k.council_id::text from published.council_code k where k.code = any (@council)"),
    ];

    /// <summary>
    /// Resolves the filters. The problem is a 422 that names the closest value for each code that does not exist, or a 400 for parameters that
    /// contradict each other.
    /// </summary>
    public async Task<Result<CouncilFilterQuery>> ResolveAsync(ParsedQuery values, CancellationToken cancellationToken)
    {
        var filters = new CouncilFilterQuery(values, published);
        if (values.GetValues(DistanceFilter.Radius.Name) is not null && values.GetValues(DistanceFilter.Point.Name) is null)
        {
            return ApiProblem.BadParameters([values.WithLocation(new ValidationError("needed-with", [DistanceFilter.Point.Name, DistanceFilter.Radius.Name]), DistanceFilter.Radius.Name)]);
        }

        var (sql, parameters) = Statement(values);
        if (sql.Count == 0)
        {
            return filters;
        }

        var found = await published.Database.SqlQueryRaw<ResolvedValue>(
            string.Join("\nunion all\n", sql.Prepend("""select '' as "Parameter", '' as "Given", '' as "Resolved" where false""")), [.. parameters])
            .ToListAsync(cancellationToken);
        return await UnknownAsync(values, found, cancellationToken) is { Count: > 0 } errors
            ? ApiProblem.NothingOfThatCode(errors)
            : filters with
            {
                ResolvedValues = found
                    .GroupBy(value => value.Parameter)
                    .ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(value => value.Resolved).Distinct()]),
            };
    }

    private static (List<string> Sql, List<NpgsqlParameter> Parameters) Statement(ParsedQuery values)
    {
        List<string> sql = [];
        List<NpgsqlParameter> parameters = [];
        foreach (var lookup in Lookups)
        {
            if (values.GetValues(lookup.Parameter.Name) is { } codes)
            {
                sql.Add(lookup.Sql);
                parameters.Add(new NpgsqlParameter(lookup.Parameter.Name, codes.Distinct().ToArray()));
            }
        }

        if (DistanceFilter.Point.Read(values) is var (latitude, longitude))
        {
            sql.Add(DistanceFilter.Sql);
            parameters.Add(new NpgsqlParameter("latitude", latitude));
            parameters.Add(new NpgsqlParameter("longitude", longitude));
            parameters.Add(new NpgsqlParameter("radius", DistanceFilter.Radius.ReadOrDefault(values)));
        }

        return (sql, parameters);
    }

    private async Task<List<ValidationError>> UnknownAsync(ParsedQuery values, IReadOnlyList<ResolvedValue> found, CancellationToken cancellationToken)
    {
        var known = found.Select(value => (value.Parameter, value.Given)).ToHashSet();
        List<ValidationError> errors = [];
        foreach (var lookup in Lookups)
        {
            var parameter = lookup.Parameter.Name;
            var unknown = (values.GetValues(parameter) ?? [])
                .Select((code, index) => (Code: code, Index: index))
                .Where(given => !known.Contains((parameter, given.Code)))
                .DistinctBy(given => given.Code);
            foreach (var (code, index) in unknown)
            {
                if (errors.Count == MaxUnknown)
                {
                    return errors;
                }

                var error = lookup.Kind is null ? await UnknownCouncilAsync(code, cancellationToken)
                    : lookup.Kind == TerritoryKind.Commune ? await UnknownCommuneAsync(code, cancellationToken)
                    : await territories.UnknownAsync(lookup.Kind, code, cancellationToken);
                errors.Add(values.WithLocation(error, parameter, index));
            }
        }

        return errors;
    }

    /// <summary>For a postcode, the closest value is the largest of the communes that have it.</summary>
    private async Task<ValidationError> UnknownCommuneAsync(string code, CancellationToken cancellationToken) =>
        await territories.FindPostcodeAsync(code, cancellationToken) is { } postcode
            ? new ValidationError("unknown-commune", [code]) { Value = code, Closest = postcode.Closest }
            : await territories.UnknownAsync(TerritoryKind.Commune, code, cancellationToken);

    /// <summary>The closest among the codes that begin alike, where there are any.</summary>
    public async Task<ValidationError> UnknownCouncilAsync(string code, CancellationToken cancellationToken)
    {
        var codes = await published.Database.SqlQueryRaw<string>(
            $"""
            select k.code as "Value" from published.council_code k
            where starts_with(k.code, @p0) or not exists (select from published.council_code o where starts_with(o.code, @p0))
            order by k.code limit {MaxCandidates}
            """,
            new NpgsqlParameter("p0", code[..Math.Min(2, code.Length)])).ToListAsync(cancellationToken);
        return new ValidationError("unknown-council", [code]) { Value = code, Closest = ClosestMatch.Find(code, codes) };
    }

    private sealed record Lookup(QueryParameter Parameter, TerritoryKind? Kind, string Sql);

    /// <summary>A value of a parameter as it was given, and what it stands for in the database.</summary>
    private sealed record ResolvedValue
    {
        public required string Parameter { get; init; }

        public required string Given { get; init; }

        public required string Resolved { get; init; }
    }
}
