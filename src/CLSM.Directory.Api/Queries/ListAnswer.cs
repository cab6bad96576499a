using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Web.Paging;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Queries;

/// <summary>Answers a list: the page asked for, or 304 where nothing has changed since.</summary>
internal static class ListAnswer
{
    public static async Task<IResult> ForAsync<TRow, TItem>(
        HttpContext context,
        bool isPublic,
        IEnumerable<string> filters,
        IReadOnlyList<string> sorts,
        IQueryable<long> stamp,
        Func<PageRequest, Task<RowPage<TRow>>> read,
        Func<TRow, TItem> itemOf,
        CancellationToken cancellationToken)
        where TRow : ResourceRow
    {
        var query = Operation.Query(context);
        var (page, refusal) = PageRequest.From(context, query, sorts, filters);
        if (refusal is not null)
        {
            return refusal;
        }

        var isGet = HttpMethods.IsGet(context.Request.Method);
        // An agency's view is another than the council's own.
        var view = isPublic ? "" : string.Join(',', context.User.RestrictedRegions());
        string TagOf(long stampValue) => EntityTags.OfList(stampValue, $"{context.Request.Path}{(isGet ? context.Request.QueryString : query.Signature())}{view}", isPublic);

        // Asked again, a list mostly has not changed; the stamp alone tells.
        if (isGet && context.Request.Headers.IfNoneMatch.Count > 0)
        {
            var tag = TagOf(await stamp.FirstOrDefaultAsync(cancellationToken));
            if (EntityTags.IsHeld(context.Request, tag))
            {
                return new NotModifiedAnswer(tag);
            }
        }

        var rows = await read(page);
        return new PageAnswer<TItem>(
            [.. rows.Rows.Select(itemOf)],
            new PageInformation { Size = page.Limit, Next = rows.Next, Total = rows.Total },
            FieldSelection.From(query, Councils.Expansion.Of(query)),
            TagOf(rows.Stamp),
            rows.Rows.Count == 0 ? null : rows.Rows.Max(row => row.UpdatedAt));
    }
}
