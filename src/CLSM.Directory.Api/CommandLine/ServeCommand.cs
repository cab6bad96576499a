using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using CLSM.Directory.Api.Features.Imports;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Security.ApiKeys;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Starts everything and says where to look.</summary>
internal sealed class ServeCommand : DatabaseCommand
{
    private const int DefaultPort = 5080;
    private const string DevelopmentKey = "development";

    private static readonly Option<bool> Reset = new("--reset") { Description = "Remove the private database and begin anew." };
    private static readonly Option<string> Urls = new("--urls") { Description = $"Addresses to listen on (default: http://127.0.0.1:{DefaultPort}, or a free port where that one is taken)." };

    public ServeCommand()
        : base("serve", "Serve the directory over HTTP (default).")
    {
        Options.Add(Reset);
        Options.Add(Urls);
    }

    protected override bool IsReset(ParseResult arguments) => arguments.GetValue(Reset);

    protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
    {
        var urls = arguments.GetValue(Urls) ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? $"http://127.0.0.1:{FreePort()}";

        // A private database has one user, who may well measure how fast it is.
        string[] limits = access.IsPrivate && Environment.GetEnvironmentVariable("Limits__Requests") is null ? ["--Limits:Requests", "off"] : [];
        await using var service = access.BuildService(["--urls", urls, .. limits]);
        if (access.IsPrivate)
        {
            await service.Services.GetRequiredService<Seeds>().LoadAsync(cancellationToken);
        }

        await service.StartAsync(cancellationToken);
        await AnnounceAsync(access, service.Urls.First(), cancellationToken);
        await service.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static async Task AnnounceAsync(DatabaseConnector access, string address, CancellationToken cancellationToken)
    {
        var key = access.IsPrivate ? await NewDevelopmentKeyAsync(access, cancellationToken) : null;
        await Console.Out.WriteLineAsync(
            $"""

              CLSM Directory is at {address}  (database: {access.Origin})
                Swagger UI    {address}/swagger
                Contract      {address}/openapi/v1.json
                Example       curl {address}/v1/councils/grenoble/document
                Key           {key ?? "create one with: keys create NAME --admin"}
                Sandbox key   {SandboxKey.Secret}  (everybody's, for /v1/councils/{SandboxCouncil.Code})

              Ctrl+C stops it.
            """);
    }

    /// <summary>A key for this run; the one of the run before is revoked, so that none is ever shown twice.</summary>
    private static async Task<string> NewDevelopmentKeyAsync(DatabaseConnector access, CancellationToken cancellationToken)
    {
        var keys = new ApiKeyAdministration(access.Database.Owner);
        await keys.RevokeAsync(DevelopmentKey, cancellationToken);
        var (_, secret) = await keys.CreateAsync(DevelopmentKey, isAdministrator: true, [], null, cancellationToken);
        return $"{secret}  (administrator, valid until the next start)";
    }

    private static int FreePort()
    {
        foreach (var port in new[] { DefaultPort, 0 })
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        return DefaultPort;
    }
}
