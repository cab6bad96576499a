using System.IO.Compression;
using CLSM.Directory.Api.Http;

namespace CLSM.Directory.Api.Retries;

/// <summary>An answer that can be given a second time.</summary>
internal interface IRepeatableAnswer : IResult
{
    KeptAnswer Keep(HttpContext context);
}

/// <summary>An answer as it is given again: the same status, headers and bytes, and a header that says so.</summary>
internal sealed record KeptAnswer(int Status, string? Location, string? ETag, DateTimeOffset? UpdatedAt, byte[] Body) : IResult
{
    /// <summary>Beyond it nothing is kept, and a repetition is done anew.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>As Stripe calls it.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Id of what was made, where the answer is about one thing.</summary>
    public Guid? Resource { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = MediaTypes.Json;
        response.Headers[ReplayedHeader] = "true";
        if (ETag is not null)
        {
            AnswerHeaders.Write(httpContext, ETag, UpdatedAt);
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

    public static KeptAnswer FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress));
        var (status, location, etag, ticks) = (reader.ReadInt32(), reader.ReadString(), reader.ReadString(), reader.ReadInt64());
        return new KeptAnswer(
            status,
            location.Length == 0 ? null : location,
            etag.Length == 0 ? null : etag,
            ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero),
            reader.ReadBytes(reader.ReadInt32()));
    }
}
