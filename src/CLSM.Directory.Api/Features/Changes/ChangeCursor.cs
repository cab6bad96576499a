using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using CLSM.Directory.Api.Database;
using Npgsql;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>
/// Cursors of the change log: the number of an entry, sealed with the identity of the log. The identity lies in the database and goes with it
/// through dump and restore, so a cursor stays valid in a new cluster, and one of another installation is recognised. It is a seal against
/// mistakes and no secret: all that a cursor tells is how far its reader has come, which is why it goes with any filter.
/// </summary>
internal sealed class ChangeCursor([FromKeyedServices(DataSources.Reader)] NpgsqlDataSource reader)
{
    private const int SealLength = 8;
    private const int Length = sizeof(long) + SealLength;

    private byte[]? log;

    /// <summary>The cursor of a number of the log; 0 is before everything.</summary>
    public async ValueTask<string> WriteAsync(long number, CancellationToken cancellationToken) => Write(number, await LogAsync(cancellationToken));

    /// <summary>The number of a cursor, or null where it is not one of this log.</summary>
    public async ValueTask<long?> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var bytes = new byte[Length];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) is not OperationStatus.Done || length != Length)
        {
            return null;
        }

        // Written again, so that nothing else that decodes alike passes.
        var number = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return number >= 0 && Write(number, await LogAsync(cancellationToken)) == text ? number : null;
    }

    public static string Write(long number, ReadOnlySpan<byte> log)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> seal = stackalloc byte[HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        HMACSHA256.HashData(log, bytes[..sizeof(long)], seal);
        seal[..SealLength].CopyTo(bytes[sizeof(long)..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Read once: it never changes as long as the database lives.</summary>
    private async ValueTask<byte[]> LogAsync(CancellationToken cancellationToken) =>
        log ??= (await ChangeLogQueries.GetLogIdAsync(reader, cancellationToken)).ToByteArray();
}
