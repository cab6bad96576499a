using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Territories;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Queries;

/// <summary>
/// Makes a question of the words of a request. What only the database knows (which places and councils there are, which communes are near)
/// is looked up in one statement, and refused where it does not exist.
/// </summary>
internal sealed class FilterResolver(PublishedDbContext published, TerritoryValidator territories)
{
    /// <summary>To find the closest costs a search each.</summary>
    private const int MostUnknown = 20;

    private const int MostCandidates = 1000;

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

    /// <summary>The question; or a 422 that names the closest for each code that does not exist, or a 400 for words that contradict each other.</summary>
    public async Task<(CouncilFilterQuery Question, Refusal? Refusal)> AskAsync(QueryValues values, CancellationToken cancellationToken)
    {
        var question = new CouncilFilterQuery(values, published);
        if (values.All(DistanceFilter.Radius.Name) is not null && values.All(DistanceFilter.Point.Name) is null)
        {
            return (question, Refusal.BadParameters([values.Place(new Violation("needed-with", [DistanceFilter.Point.Name, DistanceFilter.Radius.Name]), DistanceFilter.Radius.Name)]));
        }

        var (sql, parameters) = Statement(values);
        if (sql.Count == 0)
        {
            return (question, null);
        }

        var found = await published.Database.SqlQueryRaw<Meaning>(string.Join("\nunion all\n", sql.Prepend("""select '' as "Word", '' as "Stated", '' as "Meant" where false""")), [.. parameters]).ToListAsync(cancellationToken);
        var violations = await UnknownAsync(values, found, cancellationToken);
        return violations.Count > 0
            ? (question, Refusal.NothingOfThatCode(violations))
            : (question with { Meanings = found.GroupBy(meaning => meaning.Word).ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(meaning => meaning.Meant).Distinct()]) }, null);
    }

    private static (List<string> Sql, List<NpgsqlParameter> Parameters) Statement(QueryValues values)
    {
        List<string> sql = [];
        List<NpgsqlParameter> parameters = [];
        foreach (var lookup in Lookups)
        {
            if (values.All(lookup.Parameter.Name) is { } codes)
            {
                sql.Add(lookup.Sql);
                parameters.Add(new NpgsqlParameter(lookup.Parameter.Name, codes.Distinct().ToArray()));
            }
        }

        if (values.One(DistanceFilter.Point.Name) is { } point && PointParameter.Parse(point) is var (latitude, longitude))
        {
            sql.Add(DistanceFilter.Sql);
            parameters.Add(new NpgsqlParameter("latitude", latitude));
            parameters.Add(new NpgsqlParameter("longitude", longitude));
            parameters.Add(new NpgsqlParameter("radius", DistanceFilter.Radius.Read(values.One(DistanceFilter.Radius.Name))));
        }

        return (sql, parameters);
    }

    private async Task<List<Violation>> UnknownAsync(QueryValues values, IReadOnlyList<Meaning> found, CancellationToken cancellationToken)
    {
        var known = found.Select(meaning => (meaning.Word, meaning.Stated)).ToHashSet();
        List<Violation> violations = [];
        foreach (var lookup in Lookups)
        {
            var word = lookup.Parameter.Name;
            foreach (var (code, index) in (values.All(word) ?? []).Select((code, index) => (code, index)).Where(stated => !known.Contains((word, stated.code))).DistinctBy(stated => stated.code))
            {
                if (violations.Count == MostUnknown)
                {
                    return violations;
                }

                var violation = lookup.Kind is null ? await UnknownCouncilAsync(code, cancellationToken)
                    : lookup.Kind == TerritoryKind.Commune ? await UnknownCommuneAsync(code, cancellationToken)
                    : await territories.UnknownAsync(lookup.Kind, code, cancellationToken);
                violations.Add(values.Place(violation, word, index));
            }
        }

        return violations;
    }

    /// <summary>Whoever gave a postcode means one of the communes that have it.</summary>
    private async Task<Violation> UnknownCommuneAsync(string code, CancellationToken cancellationToken) =>
        await TerritoryRoutes.PostcodeAsync(published, code, cancellationToken) is { } postcode
            ? new Violation("unknown-commune", [code]) { Value = code, Closest = postcode.Closest }
            : await territories.UnknownAsync(TerritoryKind.Commune, code, cancellationToken);

    /// <summary>The closest among the codes that begin alike, where there are any.</summary>
    public async Task<Violation> UnknownCouncilAsync(string code, CancellationToken cancellationToken)
    {
        var codes = await published.Database.SqlQueryRaw<string>(
            $"""
            select k.code as "Value" from published.council_code k
            where starts_with(k.code, @p0) or not exists (select from published.council_code o where starts_with(o.code, @p0))
            order by k.code limit {MostCandidates}
            """,
            new NpgsqlParameter("p0", code[..Math.Min(2, code.Length)])).ToListAsync(cancellationToken);
        return new Violation("unknown-council", [code]) { Value = code, Closest = Closeness.Closest(code, codes) };
    }

    private sealed record Lookup(QueryParameter Parameter, TerritoryKind? Kind, string Sql);

    /// <summary>A value of a word, and what the database means by it.</summary>
    private sealed record Meaning
    {
        public required string Word { get; init; }

        public required string Stated { get; init; }

        public required string Meant { get; init; }
    }
}
