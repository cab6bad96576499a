using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>Lets an answer through to its client as it comes, and takes a copy of it where it is not too long.</summary>
internal sealed class ResponseRecorder(IHttpResponseBodyFeature client, int mostBytes) : Stream, IHttpResponseBodyFeature
{
    private MemoryStream? copy = new();
    private PipeWriter? writer;

    /// <summary>The whole answer; null where it is too long to be kept.</summary>
    public byte[]? Bytes => copy?.ToArray();

    public Stream Stream => this;

    public PipeWriter Writer => writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what was written and not sent yet. The response is not started where nothing was written.</summary>
    public ValueTask FinishAsync() => writer?.CompleteAsync() ?? ValueTask.CompletedTask;

    /// <summary>A stream of events, which has no end to be kept.</summary>
    public void DisableBuffering()
    {
        copy = null;
        client.DisableBuffering();
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => client.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(this, path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await FinishAsync();
        await client.CompleteAsync();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Take(buffer);
        client.Stream.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Take(buffer.Span);
        return client.Stream.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => client.Stream.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => client.Stream.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (copy?.Length + bytes.Length > mostBytes)
        {
            copy = null;
        }

        copy?.Write(bytes);
    }
}
