using System.Threading.Channels;
using CLSM.Directory.Api.Database;
using Npgsql;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>
/// Clears the files of the database after an objection, where the service may: with a private database. Elsewhere the service owns nothing, and
/// the command <c>vacuum</c> does it at night.
/// </summary>
internal sealed partial class CompactionService(DirectoryDatabase database, ILogger<CompactionService> logger) : BackgroundService
{
    private readonly Channel<bool> objections = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Requests a compaction, because something was erased.</summary>
    public void Request() => objections.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.ClearsItself)
        {
            return;
        }

        await foreach (var _ in objections.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await DatabaseCompaction.ClearAsync(database.Owner, stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                NotCleared(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was erased may still be in the files of the database: run the command vacuum")]
    private static partial void NotCleared(ILogger logger, Exception exception);
}
