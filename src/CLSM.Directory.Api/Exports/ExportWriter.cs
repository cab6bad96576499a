using System.Buffers;
using System.Text.Json;
using CLSM.Directory.Api.Http;

namespace CLSM.Directory.Api.Exports;

/// <summary>
/// Writes an export in one format, one resource at a time. It is told when the export is whole; before that, what it has written must not
/// read as a whole one.
/// </summary>
internal abstract class ExportWriter<T> : IDisposable
{
    public abstract ValueTask BeginAsync(ExportStamp stamp);

    public abstract ValueTask WriteAsync(Exported<T> item);

    public abstract ValueTask EndAsync();

    /// <summary>Gives back memory; it never makes an export whole.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>A format of bytes in a row: gathered, and sent on whenever there are enough of them.</summary>
internal abstract class BufferedWriter<T>(Stream body) : ExportWriter<T>
{
    private const int Enough = 64 * 1024;

    protected ArrayBufferWriter<byte> Buffer { get; } = new(2 * Enough);

    private Utf8JsonWriter? json;

    /// <summary>Writes JSON to the buffer.</summary>
    protected Utf8JsonWriter Json => json ??= new Utf8JsonWriter(Buffer, AnswerHeaders.Json);

    public sealed override async ValueTask BeginAsync(ExportStamp stamp)
    {
        Begin(stamp);
        await SendAsync(0);
    }

    public sealed override ValueTask WriteAsync(Exported<T> item)
    {
        Write(item);
        return SendAsync(Enough);
    }

    public sealed override async ValueTask EndAsync()
    {
        End();
        await SendAsync(0);
    }

    public sealed override void Dispose()
    {
        json?.Dispose();
        base.Dispose();
    }

    protected abstract void Begin(ExportStamp stamp);

    protected abstract void Write(Exported<T> item);

    protected virtual void End()
    {
    }

    /// <summary>No token: who reads the rows notices when the client has gone, and writing to it waits for nobody then.</summary>
    private async ValueTask SendAsync(int atLeast)
    {
        if (Buffer.WrittenCount > atLeast)
        {
            await body.WriteAsync(Buffer.WrittenMemory, CancellationToken.None);
            Buffer.ResetWrittenCount();
        }
    }
}
