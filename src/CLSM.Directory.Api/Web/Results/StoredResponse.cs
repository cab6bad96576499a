using System.IO.Compression;
using CLSM.Directory.Api.Web.Negotiation;

namespace CLSM.Directory.Api.Web.Results;

/// <summary>A result that can be stored, and sent a second time.</summary>
internal interface IReplayableResult : IResult
{
    StoredResponse ToStoredResponse(HttpContext context);
}

/// <summary>A response that is sent again: the same status, headers and bytes, and a header that says so.</summary>
internal sealed record StoredResponse(int Status, string? Location, string? ETag, DateTimeOffset? UpdatedAt, byte[] Body) : IResult
{
    /// <summary>A larger response is not stored, and a repeated request runs again.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The name that Stripe uses.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Id of the resource, if the response is about one.</summary>
    public Guid? ResourceId { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = MediaTypes.Json;
        response.Headers[ReplayedHeader] = "true";
        if (ETag is not null)
        {
            CacheHeaders.Apply(httpContext, ETag, UpdatedAt);
        }
        else
        {
            response.Headers.CacheControl = "no-store";
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        await response.BodyWriter.WriteAsync(Body, httpContext.RequestAborted);
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(new ZLibStream(bytes, CompressionLevel.Fastest)))
        {
            writer.Write(Status);
            writer.Write(Location ?? "");
            writer.Write(ETag ?? "");
            writer.Write(UpdatedAt?.UtcTicks ?? 0);
            writer.Write(Body.Length);
            writer.Write(Body);
        }

        return bytes.ToArray();
    }

    public static StoredResponse FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress));
        var (status, location, etag, ticks) = (reader.ReadInt32(), reader.ReadString(), reader.ReadString(), reader.ReadInt64());
        return new StoredResponse(
            status,
            location.Length == 0 ? null : location,
            etag.Length == 0 ? null : etag,
            ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero),
            reader.ReadBytes(reader.ReadInt32()));
    }
}
