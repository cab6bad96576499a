using System.Buffers;
using System.Text;
using System.Text.Json;
using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>
/// Writes an export in one format, one resource at a time. It is told when the export is whole; before that, what it has written must not
/// read as a whole one.
/// </summary>
internal abstract class ExportWriter<T> : IDisposable
{
    public abstract ValueTask BeginAsync(ExportVersion stamp);

    public abstract ValueTask WriteAsync(ExportItem<T> item);

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
    protected Utf8JsonWriter Json => json ??= new Utf8JsonWriter(Buffer, CacheHeaders.Json);

    /// <summary>A whole export as text, such as an example of the contract. Nothing is sent.</summary>
    public string WriteText(ExportVersion stamp, IEnumerable<ExportItem<T>> items)
    {
        Begin(stamp);
        foreach (var item in items)
        {
            Write(item);
        }

        End();
        return Encoding.UTF8.GetString(Buffer.WrittenSpan);
    }

    public sealed override async ValueTask BeginAsync(ExportVersion stamp)
    {
        Begin(stamp);
        await SendAsync(0);
    }

    public sealed override ValueTask WriteAsync(ExportItem<T> item)
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

    protected abstract void Begin(ExportVersion stamp);

    protected abstract void Write(ExportItem<T> item);

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
