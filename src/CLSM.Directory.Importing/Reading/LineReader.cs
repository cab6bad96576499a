using System.Buffers;

namespace CLSM.Directory.Importing.Reading;

/// <summary>One line of bytes: its number, and whether it was too long to be kept or was cut.</summary>
internal sealed record SheetLine(int Number, ReadOnlyMemory<byte> Bytes)
{
    public bool IsTooLong { get; init; }

    /// <summary>Ended by a line feed: the file was not cut inside it.</summary>
    public bool IsEnded { get; init; }
}

/// <summary>Reads a stream line by line and holds no more than one line of it, however long a line is.</summary>
internal static class LineReader
{
    public const int MaxBytes = 4 * 1024 * 1024;

    public static IAsyncEnumerable<SheetLine> ReadAsync(Stream stream, CancellationToken cancellationToken) => ReadAsync(stream, MaxBytes, cancellationToken);

    public static async IAsyncEnumerable<SheetLine> ReadAsync(Stream stream, int mostBytes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        using var line = new MemoryStream();
        var (number, isTooLong, isFirst) = (1, false, true);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(0, 64 * 1024), cancellationToken)) > 0)
            {
                var start = 0;
                while (start < read)
                {
                    var end = Array.IndexOf(buffer, (byte)'\n', start, read - start);
                    var stop = end < 0 ? read : end;
                    if (line.Length + (stop - start) > mostBytes)
                    {
                        isTooLong = true;
                        line.SetLength(0);
                    }
                    else if (!isTooLong)
                    {
                        line.Write(buffer, start, stop - start);
                    }

                    start = stop + 1;
                    if (end >= 0)
                    {
                        yield return Take(ended: true);
                    }
                }
            }

            if (line.Length > 0 || isTooLong)
            {
                yield return Take(ended: false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        SheetLine Take(bool ended)
        {
            var bytes = line.ToArray().AsMemory();
            bytes = isFirst && bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            bytes = bytes.Length > 0 && bytes.Span[^1] == '\r' ? bytes[..^1] : bytes;
            var taken = new SheetLine(number++, bytes) { IsTooLong = isTooLong, IsEnded = ended };
            line.SetLength(0);
            if (line.Capacity > 1024 * 1024)
            {
                line.Capacity = 0;
            }

            (isTooLong, isFirst) = (false, false);
            return taken;
        }
    }
}
