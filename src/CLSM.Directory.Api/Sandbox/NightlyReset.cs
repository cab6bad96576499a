using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Tenancy;
using Npgsql;

namespace CLSM.Directory.Api.Sandbox;

/// <summary>
/// Makes the sandbox new every night, and at the start where the last night was missed. Every node wakes up; the first one does it, the others
/// see in their own transaction that it is done.
/// </summary>
internal sealed partial class NightlyReset(
    TenantScope<SandboxReset> scopes,
    [FromKeyedServices(ApiKeyAuthentication.DataSource)] NpgsqlDataSource database,
    SandboxSettings settings,
    TimeProvider time,
    ILogger<NightlyReset> logger) : BackgroundService
{
    /// <summary>Where the database was away.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.IsOpen)
        {
            var now = time.GetUtcNow();
            var due = settings.LastBefore(now);
            var next = due.AddDays(1) - now;
            try
            {
                if (await LastAsync(stoppingToken) < due && await scopes.RunAsync(reset => reset.RunAsync(due, stoppingToken)))
                {
                    MadeNew(logger);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                NotMadeNew(logger, exception);
                next = next < Pause || !Failures.IsDatabaseAway(exception) ? next : Pause;
            }

            await Task.Delay(next, time, stoppingToken);
        }
    }

    private async Task<DateTimeOffset> LastAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select directory.sandbox_reset_at()");
        return (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sandbox was made new")]
    private static partial void MadeNew(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sandbox could not be made new")]
    private static partial void NotMadeNew(ILogger logger, Exception exception);
}
