using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.National;

/// <summary>Makes a question of the words of a request: what only the database knows is looked up here, and refused where it does not exist.</summary>
internal sealed class QuestionResolution(PublishedDbContext published)
{
    private const int MostCandidates = 1000;

    /// <summary>The question, or a 422 that names the closest code for each that does not exist.</summary>
    public async Task<(NationalQuestion Question, Refusal? Refusal)> AskAsync(QueryValues values, CancellationToken cancellationToken)
    {
        var question = new NationalQuestion(values, published);
        if (values.All(CouncilFilters.Council.Name) is not { } codes)
        {
            return (question, null);
        }

        var councils = await published.CouncilCodes.Where(row => codes.Contains(row.Code)).ToDictionaryAsync(row => row.Code, row => row.CouncilId, cancellationToken);
        List<Violation> violations = [];
        foreach (var code in codes.Where(code => !councils.ContainsKey(code)).Distinct().Take(Refusal.MostErrors))
        {
            violations.Add(new Violation("unknown-council", [code]) { Parameter = CouncilFilters.Council.Name, Value = code, Closest = await ClosestCouncilAsync(code, cancellationToken) });
        }

        return (question with { Councils = [.. councils.Values] }, violations.Count == 0 ? null : Unknown(violations));
    }

    private static Refusal Unknown(IReadOnlyList<Violation> violations) =>
        new(StatusCodes.Status422UnprocessableEntity, violations[0].Code, [.. violations[0].Arguments]) { Errors = violations };

    /// <summary>Among the codes that begin alike, where there are any.</summary>
    private async Task<string?> ClosestCouncilAsync(string code, CancellationToken cancellationToken)
    {
        var codes = await published.Database.SqlQueryRaw<string>(
            $"""
            select k.code as "Value" from published.council_code k
            where starts_with(k.code, @p0) or not exists (select from published.council_code o where starts_with(o.code, @p0))
            order by k.code limit {MostCandidates}
            """,
            new NpgsqlParameter("p0", code.ToLowerInvariant()[..Math.Min(2, code.Length)])).ToListAsync(cancellationToken);
        return Closeness.Closest(code, codes);
    }
}
