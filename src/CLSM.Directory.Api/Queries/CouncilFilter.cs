using System.Linq.Expressions;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Queries;

/// <summary>A word about a council. The parts of the councils that it finds are found by it too.</summary>
internal sealed record CouncilFilter(QueryParameter Parameter, Func<CouncilFilterQuery, IReadOnlyList<string>, IQueryable<Guid>> Councils)
{
    /// <summary>The same on the councils themselves, where that is shorter than by their ids.</summary>
    public Func<IReadOnlyList<string>, Expression<Func<CouncilRow, bool>>>? Matches { get; init; }

    /// <summary>Whether the word is one of those that every national collection has.</summary>
    public bool IsForParts { get; init; } = true;

    /// <summary>A word that a column of the council answers.</summary>
    public static CouncilFilter OfColumn(QueryParameter parameter, Func<IReadOnlyList<string>, Expression<Func<CouncilRow, bool>>> matches) =>
        new(parameter, (query, values) => query.Database.Councils.Where(matches(values)).Select(row => row.Id)) { Matches = matches };

    public IQueryable<CouncilRow> OnCouncils(IQueryable<CouncilRow> rows, CouncilFilterQuery query, IReadOnlyList<string> values)
    {
        if (Matches is not null)
        {
            return rows.Where(Matches(values));
        }

        var councils = Councils(query, values);
        return rows.Where(row => councils.Contains(row.Id));
    }

    public IQueryable<TRow> OnParts<TRow>(IQueryable<TRow> rows, CouncilFilterQuery query, IReadOnlyList<string> values)
        where TRow : PartRow
    {
        var councils = Councils(query, values);
        return rows.Where(row => councils.Contains(row.CouncilId));
    }
}
