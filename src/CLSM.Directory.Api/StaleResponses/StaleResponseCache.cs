using System.Globalization;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Web.Negotiation;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>
/// The last answers to questions that everybody may ask, for the time when the database cannot be asked; never used while it answers. Only what
/// says of itself that it may be used so (<c>public</c> and <c>stale-if-error</c>) is kept, for as long as it says. It leaves as soon as the
/// change log says that it may be different by now: with a change of its council, or with any change where it is about more than one. Who
/// asked is not kept, and what was asked only as a hash.
/// </summary>
internal sealed class StaleResponseCache(
    ChangedCouncilReader changes, IOptions<StaleResponseOptions> options, IEnumerable<IStaleBodyDecorator> decorators, TimeProvider time)
    : INotificationSubscriber, IDisposable
{
    /// <summary>Longer answers are not kept; the longest usual one is the list of all communes.</summary>
    public const int MaxBytesOfOne = 8 * 1024 * 1024;

    // What an entry costs besides its bytes, at most: so many small answers are bounded as well.
    private const int Overhead = 2048;

    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = options.Value.MaxBytes, CompactionPercentage = 0.1 });
    private readonly Lock sync = new();
    private long changed;
    private bool isStale = true;

    public string Channel => "clsm_change_anywhere";

    public int Count => answers.Count;

    /// <summary>To be asked before an answer is begun: what changes from here on is not in it.</summary>
    public long Changed => Interlocked.Read(ref changed);

    public async Task ReceiveAsync(string? payload, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            // Whoever has begun to read may have read what was before.
            changed++;
        }

        var announced = payload is null ? 0 : long.Parse(payload, CultureInfo.InvariantCulture);
        if (payload is null || announced > changes.Seen)
        {
            var councils = await changes.ReadAsync(announced, cancellationToken);
            lock (sync)
            {
                changed++;
                isStale = changes.Seen < announced;
                Drop(isStale ? null : councils);
            }
        }
    }

    public CachedResponse? Find(HttpContext context) =>
        Of(context, Representation(context.Request)) ?? Of(context, "") ?? (MediaTypes.Accepts(context.Request, MediaTypes.Json) ? Of(context, MediaTypes.Json) : null);

    /// <summary>Keeps an answer, if it may be kept and nothing has changed since it was begun.</summary>
    public void Keep(HttpContext context, byte[] body, long startedAt)
    {
        if (LifetimeOf(context.Response) is not { } lifetime)
        {
            return;
        }

        var answer = new CachedResponse(context, body, decorators, time);
        var isJson = MediaTypes.Is(context.Response.ContentType, MediaTypes.Json);
        var representation = isJson ? MediaTypes.Json : DependsOn(context.Response, "Accept") ? Representation(context.Request) : "";
        var options = new MemoryCacheEntryOptions
        {
            Size = answer.Length + Overhead,
            AbsoluteExpirationRelativeToNow = lifetime,

            // Questions that somebody made up must not drive out those that everybody asks.
            Priority = context.Request.QueryString.HasValue ? CacheItemPriority.Low : CacheItemPriority.Normal,
        };
        lock (sync)
        {
            if (startedAt == changed && !isStale)
            {
                answers.Set(CacheKey.Of(context, representation), answer, options);
            }
        }
    }

    /// <summary>Notes that the database confirmed a cached response.</summary>
    public void Revalidate(HttpContext context, long startedAt)
    {
        var etag = context.Response.Headers.ETag.ToString();
        lock (sync)
        {
            if (startedAt == changed && Find(context) is { } answer && answer.ETag == etag)
            {
                answer.Revalidate();
            }
        }
    }

    public void Dispose() => answers.Dispose();

    /// <summary>All that is of these councils, and all that is of several; everything, where it is not known what has changed.</summary>
    private void Drop(IReadOnlySet<string>? councils)
    {
        if (councils is { Count: 0 })
        {
            return;
        }

        foreach (var place in answers.Keys.Cast<CacheKey>().Where(place => place.Council is null || councils is null || councils.Contains(place.Council)))
        {
            answers.Remove(place);
        }
    }

    private CachedResponse? Of(HttpContext context, string representation) => answers.Get<CachedResponse>(CacheKey.Of(context, representation));

    private static TimeSpan? LifetimeOf(HttpResponse response) =>
        response.GetTypedHeaders().CacheControl is { Public: true, NoStore: false, NoCache: false } control
        && control.Extensions.FirstOrDefault(extension => extension.Name == "stale-if-error")?.Value is { HasValue: true } seconds
        && int.TryParse(seconds.AsSpan(), CultureInfo.InvariantCulture, out var lifetime) && lifetime > 0
            ? TimeSpan.FromSeconds(lifetime)
            : null;

    private static bool DependsOn(HttpResponse response, string header) =>
        response.Headers.Vary.ToString().Split(',').Any(name => name.Trim().Equals(header, StringComparison.OrdinalIgnoreCase));

    private static string Representation(HttpRequest request) => request.Headers.Accept is { Count: > 0 } accept && !StringValues.IsNullOrEmpty(accept) ? $"accept {accept}" : MediaTypes.Json;
}
