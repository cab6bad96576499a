using System.Net.Sockets;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>Somebody who wants to know when the database says something on a channel.</summary>
internal interface INotificationSubscriber
{
    /// <summary>The channel, a plain SQL name.</summary>
    string Channel { get; }

    /// <summary>
    /// Called for each notification, one after the other. The payload is null where some may have been missed: after each connection, and again
    /// and again while there is none. Then the subscriber looks for itself.
    /// </summary>
    Task ReceiveAsync(string? payload, CancellationToken cancellationToken);
}

/// <summary>
/// Listens for notifications (<c>LISTEN</c>) on one connection of its own, kept as long as the node lives. It must reach the primary server
/// directly: neither a standby nor a pooler that hands out transactions can listen. Where it cannot, subscribers are made to look for
/// themselves, once a while for the whole node, so that a feed is slower and never wrong.
/// </summary>
internal sealed partial class DatabaseNotifications(
    DirectoryDatabase database,
    IEnumerable<INotificationSubscriber> subscribers,
    [FromKeyedServices(DataSources.Reader)] NpgsqlDataSource reader,
    [FromKeyedServices(DataSources.Service)] NpgsqlDataSource service,
    TimeProvider time,
    ILogger<DatabaseNotifications> logger) : BackgroundService
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<INotificationSubscriber> subscribers = [.. subscribers];

    /// <summary>Whether notifications arrive at present.</summary>
    public bool IsListening { get; private set; }

    private bool isLossKnown;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested && IsAway(exception))
            {
                if (!isLossKnown)
                {
                    Lost(logger, exception);
                }

                // Where the server has gone, the connections that wait in the pools are dead as well; nobody shall be given one of them.
                var isNew = !isLossKnown;
                (isLossKnown, IsListening) = (true, false);
                if (!await LookAsync(stoppingToken) || isNew)
                {
                    reader.Clear();
                    service.Clear();
                }

                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var address = new NpgsqlConnectionStringBuilder(database.Notifications) { Pooling = false, Multiplexing = false, TcpKeepAlive = true, ApplicationName = "clsm-directory notifications" };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        var received = new Queue<(string Channel, string Payload)>();
        connection.Notification += (_, notification) => received.Enqueue((notification.Channel, notification.Payload));
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, string.Join("; ", subscribers.Select(subscriber => $"listen {subscriber.Channel}").Distinct()), cancellationToken);
        (isLossKnown, IsListening) = (false, true);
        await LookAsync(cancellationToken);
        while (true)
        {
            while (received.TryDequeue(out var notification))
            {
                foreach (var subscriber in subscribers.Where(subscriber => subscriber.Channel == notification.Channel))
                {
                    await TellAsync(subscriber, notification.Payload, cancellationToken);
                }
            }

            // Long silence may be a dead connection: only a question tells. Its answer may bring notifications.
            if (!await connection.WaitAsync(Silence, cancellationToken))
            {
                await ExecuteAsync(connection, "select 1", cancellationToken);
            }
        }
    }

    /// <summary>Whether they could.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var could = true;
        foreach (var subscriber in subscribers)
        {
            could &= await TellAsync(subscriber, null, cancellationToken);
        }

        return could;
    }

    /// <summary>A subscriber that fails keeps nothing from the others.</summary>
    private async Task<bool> TellAsync(INotificationSubscriber subscriber, string? payload, CancellationToken cancellationToken)
    {
        try
        {
            await subscriber.ReceiveAsync(payload, cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotLooked(logger, subscriber.Channel, exception);
            return false;
        }
    }

    private static bool IsAway(Exception exception) => exception is NpgsqlException or SocketException or TimeoutException or IOException or InvalidOperationException or OperationCanceledException;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications of the database do not arrive; it is asked instead until they do")]
    private static partial void Lost(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The database could not be asked about {Channel}")]
    private static partial void NotLooked(ILogger logger, string channel, Exception exception);
}
