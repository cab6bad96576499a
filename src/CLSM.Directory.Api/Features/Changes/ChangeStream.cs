using System.Buffers;
using System.Text.Json;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>
/// The feed as Server-Sent Events. It ends when the client leaves, when the service stops and when the database goes away; the client comes
/// back by itself with <c>Last-Event-ID</c> and has missed nothing. A client that reads too slowly slows its own stream only.
/// </summary>
internal sealed class ChangeStream(ChangeFeed feed, ChangeQuery question, ChangeBatch first, IDisposable place) : IResult
{
    private const string LastEventId = "Last-Event-ID";
    private const int EntriesAtOnce = 100;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task<IResult> OpenAsync(HttpContext context, ChangeFeed feed, ChangeQuery question, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        string[] needless = [.. new[] { ChangeQuery.WaitName, PageRequest.LimitParameter.Name }.Where(name => query.GetValue(name) is not null)];
        if (needless.Length > 0)
        {
            return Refusal.BadParameters([.. needless.Select(name => new Violation("not-for-streams", [name]) { Parameter = name })]);
        }

        // Sent by a browser that comes back, with the address it began with.
        var last = context.Request.Headers[LastEventId].ToString();
        var after = last.Length > 0 ? (LastEventId, last) : (ChangeQuery.AfterName, query.GetValue(ChangeQuery.AfterName));
        var asked = question with { Limit = EntriesAtOnce };
        var (stretch, refusal) = await feed.BeginAsync(context, asked, after, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var place = feed.Enter();
        return place is null ? ChangeFeed.Full : new ChangeStream(feed, asked, stretch, place);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = place;
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
        var aborted = httpContext.RequestAborted;
        response.BodyWriter.Write("retry: 2000\n\n"u8);
        try
        {
            for (var stretch = first; !feed.Stopping.IsCancellationRequested;)
            {
                WriteEntries(response.BodyWriter, stretch);
                await response.BodyWriter.FlushAsync(aborted);
                stretch = stretch.HasMore
                    ? await feed.ReadAsync(httpContext, question, stretch.Reached, aborted)
                    : await feed.WaitAsync(httpContext, question, stretch with { Entries = [] }, Heartbeat, aborted);
                if (stretch.Entries.Count == 0)
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

    private static void WriteEntries(IBufferWriter<byte> body, ChangeBatch stretch)
    {
        foreach (var (_, entry) in stretch.Entries)
        {
            body.Write("id: "u8);
            body.Write(System.Text.Encoding.ASCII.GetBytes(entry.Cursor));
            body.Write("\nevent: change\ndata: "u8);
            body.Write(JsonSerializer.SerializeToUtf8Bytes(entry, ChangesJsonContext.Instance.Change));
            body.Write("\n\n"u8);
        }
    }
}
