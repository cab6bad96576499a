using System.Buffers;
using System.Text.Json;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>
/// The feed as Server-Sent Events. It ends when the client leaves, when the service stops and when the database goes away; the client comes
/// back by itself with <c>Last-Event-ID</c> and has missed nothing. A client that reads too slowly slows its own stream only.
/// </summary>
internal sealed class ChangeStream(ChangeFeed feed, ChangeQuery query, ChangeBatch first, IDisposable lease) : IResult
{
    private const string LastEventId = "Last-Event-ID";
    private const int EntriesAtOnce = 100;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>The stream, or what is wrong with the request.</summary>
    public static async Task<Result<ChangeStream>> OpenAsync(
        HttpRequest request, ParsedQuery values, ChangeFeed feed, ChangeQuery query, CancellationToken cancellationToken)
    {
        string[] misplaced = [.. new[] { ChangeQuery.Wait.Name, PageRequest.LimitParameter.Name }.Where(name => values.GetValue(name) is not null)];
        if (misplaced.Length > 0)
        {
            return ApiProblem.BadParameters([.. misplaced.Select(name => new ValidationError("not-for-streams", [name]) { Parameter = name })]);
        }

        // A browser that reconnects sends it, with the address that it began with.
        var last = request.Headers[LastEventId].ToString();
        var after = last.Length > 0 ? (LastEventId, last) : (ChangeQuery.AfterName, values.GetValue(ChangeQuery.AfterName));
        var streamed = query with { Limit = EntriesAtOnce };
        if (!(await feed.BeginAsync(streamed, after, request.PathBase, cancellationToken)).TryGet(out var batch, out var problem))
        {
            return problem;
        }

        return feed.TryEnter() is { } lease ? new ChangeStream(feed, streamed, batch, lease) : ChangeFeed.Full;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = lease;
        var response = httpContext.Response;
        response.ContentType = MediaTypes.EventStream;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Authorization, Accept, Accept-Language";

        // Said to the proxies that hold answers back to send them at once.
        response.Headers["X-Accel-Buffering"] = "no";

        // A HEAD asks for the headers; the stream behind them has no end.
        if (response.Body == Stream.Null)
        {
            return;
        }

        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var (pathBase, aborted) = (httpContext.Request.PathBase, httpContext.RequestAborted);
        response.BodyWriter.Write("retry: 2000\n\n"u8);
        try
        {
            for (var batch = first; !feed.Stopping.IsCancellationRequested;)
            {
                WriteEntries(response.BodyWriter, batch);
                await response.BodyWriter.FlushAsync(aborted);
                batch = batch.HasMore
                    ? await feed.ReadAsync(query, batch.LastCursor, pathBase, aborted)
                    : await feed.WaitAsync(query, batch with { Entries = [] }, Heartbeat, pathBase, aborted);
                if (batch.Entries.Count == 0)
                {
                    response.BodyWriter.Write(":\n\n"u8);
                }
            }

            await response.BodyWriter.FlushAsync(aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The client has left.
        }
        catch (NpgsqlException)
        {
            // What was sent is whole; the client asks for the rest when it comes back.
        }
    }

    private static void WriteEntries(IBufferWriter<byte> body, ChangeBatch batch)
    {
        foreach (var (_, entry) in batch.Entries)
        {
            body.Write("id: "u8);
            body.Write(System.Text.Encoding.ASCII.GetBytes(entry.Cursor));
            body.Write("\nevent: change\ndata: "u8);
            body.Write(JsonSerializer.SerializeToUtf8Bytes(entry, ChangesJsonContext.Instance.Change));
            body.Write("\n\n"u8);
        }
    }
}
