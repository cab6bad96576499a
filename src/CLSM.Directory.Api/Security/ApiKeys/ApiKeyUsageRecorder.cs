using System.Threading.Channels;
using CLSM.Directory.Api.Database;
using Npgsql;

namespace CLSM.Directory.Api.Security.ApiKeys;

/// <summary>Records when keys were last used, in the background: no request waits for it or fails with it.</summary>
internal sealed partial class ApiKeyUsageRecorder(
    [FromKeyedServices(DataSources.Service)] NpgsqlDataSource database, ILogger<ApiKeyUsageRecorder> logger) : BackgroundService
{
    private readonly Channel<Guid> used = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Record(Guid key) => used.Writer.TryWrite(key);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await used.Reader.WaitToReadAsync(stoppingToken))
        {
            var keys = new HashSet<Guid>();
            while (used.Reader.TryRead(out var key))
            {
                keys.Add(key);
            }

            try
            {
                await ApiKeyQueries.RecordUseAsync(database, keys, stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // The next use is recorded again.
                NotRecorded(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The use of a key could not be recorded")]
    private static partial void NotRecorded(ILogger logger, Exception exception);
}
