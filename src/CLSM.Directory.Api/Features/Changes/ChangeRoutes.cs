using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>The change feed: <c>/v1/changes</c>.</summary>
internal static class ChangeRoutes
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/changes", ListAsync)
            .WithMetadata(new EndpointContract { Parameters = ChangeQuery.ParametersFor(v1.ServiceProvider.GetRequiredService<PartTypeCatalogue>()), MediaTypes = [MediaTypes.Json, MediaTypes.EventStream] })
            .WithName("listChanges").WithTags("Changes")
            .WithSummary("Follow what changes")
            .WithDescription(
                "Every creation, change and removal of everything public, in the order in which it was committed, for ever: no entry is skipped or repeated by who goes on with `after`, whatever is written meanwhile. "
                + "To keep a copy exact: take an export with its cursor, then ask again and again with `after` and the `page.after` of the answer before; fetch what is `created` or `updated` (`href`), drop what is `removed`. "
                + "`wait` holds the request until something comes. With `Accept: text/event-stream`, entries come as Server-Sent Events (`id`: the cursor, `event`: change, `data`: the entry); `Last-Event-ID` goes before `after`.")
            .Produces<ChangePage>(StatusCodes.Status200OK, MediaTypes.Json, MediaTypes.EventStream);

        v1.MapGet("/changes/latest", LatestAsync)
            .WithMetadata(new EndpointContract())
            .WithName("getLatestChange").WithTags("Changes")
            .WithSummary("The cursor of the last change")
            .WithDescription("Where to begin to follow for who needs nothing of the past. For who takes a copy by the lists, it is asked for *before* the first page: what changes meanwhile then comes again, and nothing is missed.")
            .Produces<LatestChange>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, ChangeFeed feed, ChangeCursor cursors, ReadOptions reads, CancellationToken cancellationToken)
    {
        var values = ParsedQuery.Of(context);
        var query = ChangeQuery.From(values, reads);
        if (MediaTypes.Quality(context.Request, MediaTypes.EventStream) > MediaTypes.Quality(context.Request, MediaTypes.Json))
        {
            return (await ChangeStream.OpenAsync(context.Request, values, feed, query, cancellationToken)).TryGet(out var stream, out var streamProblem)
                ? stream
                : streamProblem;
        }

        var pathBase = context.Request.PathBase;
        var after = (ChangeQuery.AfterName, values.GetValue(ChangeQuery.AfterName));
        if (!(await feed.BeginAsync(query, after, pathBase, cancellationToken)).TryGet(out var batch, out var problem))
        {
            return problem;
        }

        var wait = ChangeQuery.WaitOf(values);
        if (batch.Entries.Count == 0 && wait is { } longest)
        {
            using var lease = feed.TryEnter();
            if (lease is null)
            {
                return ChangeFeed.Full;
            }

            batch = await feed.WaitAsync(query, batch, longest, pathBase, cancellationToken);
        }

        return new ChangePageAnswer(batch, query, await cursors.WriteAsync(batch.LastCursor, cancellationToken), wait is not null);
    }

    private static async Task<IResult> LatestAsync(ChangeQueries changes, ChangeCursor cursors, CancellationToken cancellationToken)
    {
        var state = await changes.GetStateAsync(cancellationToken);
        var latest = new LatestChange { Cursor = await cursors.WriteAsync(state.Head, cancellationToken), At = state.At };

        // A cached one would be a cursor before the export that was just taken.
        return new JsonResult<LatestChange>(latest, ETags.ForContent($"{state.Head}", ""), state.At) { MustRevalidate = true };
    }
}
