using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Tenancy;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>
/// Resets the sandbox every night, and at the start if the last night was missed. Every node wakes up; the first one resets, the others
/// see in their own transaction that it is done.
/// </summary>
internal sealed partial class SandboxResetService(
    TenantScope<SandboxReset> scopes,
    [FromKeyedServices(DataSources.Service)] NpgsqlDataSource database,
    IOptions<SandboxOptions> options,
    TimeProvider time,
    ILogger<SandboxResetService> logger) : BackgroundService
{
    /// <summary>Time until the next attempt after the database could not be reached.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = options.Value;
        while (settings.IsOpen)
        {
            var now = time.GetUtcNow();
            var due = settings.LastBefore(now);
            var next = due.AddDays(1) - now;
            try
            {
                if (await SandboxQueries.ReadLastResetAsync(database, stoppingToken) < due && await scopes.RunAsync(reset => reset.RunAsync(due, stoppingToken)))
                {
                    SandboxIsReset(logger);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                ResetFailed(logger, exception);
                next = next < Pause || !DatabaseFailures.IsUnavailable(exception) ? next : Pause;
            }

            await Task.Delay(next, time, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sandbox was reset")]
    private static partial void SandboxIsReset(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sandbox could not be reset")]
    private static partial void ResetFailed(ILogger logger, Exception exception);
}
