namespace CLSM.Directory.Api.Web.Files;

/// <summary>
/// Sends an export to its client. Until the first row is there, whatever goes wrong is answered as a problem; after that, only a connection
/// that breaks says that the export is not whole.
/// </summary>
internal sealed partial class ExportOutput(HttpContext context, ILogger logger)
{
    public async Task SendAsync<T>(IAsyncEnumerable<ExportItem<T>> items, Func<Stream, ExportWriter<T>> writerTo, ExportVersion stamp, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var rows = items.GetAsyncEnumerator(stop.Token);
        try
        {
            var isThere = await rows.MoveNextAsync();
            await context.Response.StartAsync(cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            using var writer = writerTo(context.Response.Body);
            await writer.BeginAsync(stamp);
            for (; isThere; isThere = await rows.MoveNextAsync())
            {
                await writer.WriteAsync(rows.Current);
                cancellationToken.ThrowIfCancellationRequested();
            }

            await writer.EndAsync();
        }
        catch (Exception exception) when (context.Response.HasStarted)
        {
            context.Abort();
            if (cancellationToken.IsCancellationRequested)
            {
                Gone(logger, context.Request.Path);
            }
            else
            {
                Broken(logger, context.Request.Path, exception);
            }

            await stop.CancelAsync();
            await EndAsync(rows);
        }
    }

    /// <summary>
    /// Left alone, the rest of the rows would be read to their end only to be thrown away. Asked for with a token that is cancelled, PostgreSQL
    /// is told to stop as soon as those that are here already are through.
    /// </summary>
    private static async Task EndAsync<T>(IAsyncEnumerator<T> rows)
    {
        try
        {
            while (await rows.MoveNextAsync())
            {
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or System.Data.Common.DbException or InvalidOperationException)
        {
            // It has stopped, or has failed before.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The client of {Path} has gone")]
    private static partial void Gone(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "The export {Path} broke off")]
    private static partial void Broken(ILogger logger, string path, Exception exception);
}
