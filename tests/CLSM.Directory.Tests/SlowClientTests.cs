using System.Net;
using System.Net.Sockets;
using System.Text;
using CLSM.Directory.Api;
using CLSM.Directory.Api.RateLimiting;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Tests;

/// <summary>Clients that send next to nothing, for ever: nobody waits for them, and nobody else notices.</summary>
internal sealed class SlowClientTests : DirectoryFixture
{
    // How a request begins, and what comes of it each half second.
    private static readonly (string Beginning, string Bit)[] Requests =
    [
        ("GET /v1/councils HTTP/1.1\r\nHost: test\r\n", "X"),
        ("POST /v1/councils/search HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", " "),
        ("POST /v1/councils/search HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n"),
    ];

    // As patient as Kestrel allows at least, so that the test need not be.
    protected override void Adjust(WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(2);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(HeaderLimits.LeastBytesPerSecond, TimeSpan.FromSeconds(1.5));
    });

    [Test]
    public async Task Patience_has_a_bound_unless_somebody_says_otherwise()
    {
        await using var service = DirectoryApplication.Build(Database, []);
        var limits = service.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.That(limits.RequestHeadersTimeout, Is.EqualTo(TimeSpan.FromSeconds(15)));
        foreach (var rate in new[] { limits.MinRequestBodyDataRate, limits.MinResponseDataRate })
        {
            Assert.That((rate?.BytesPerSecond, rate?.GracePeriod), Is.EqualTo(((double?)HeaderLimits.LeastBytesPerSecond, (TimeSpan?)TimeSpan.FromSeconds(5))));
        }
    }

    [Test]
    public async Task Whoever_sends_too_slowly_is_not_waited_for()
    {
        var slow = Requests.Select(SendSlowlyAsync).ToList();
        Assert.That((await Anonymous.GetAsync("/v1/councils")).Status, Is.EqualTo(HttpStatusCode.OK));
        foreach (var (answer, request) in (await Task.WhenAll(slow)).Zip(Requests))
        {
            Assert.That(answer, Does.StartWith("HTTP/1.1 408").Or.Empty, request.Beginning);
        }
    }

    /// <summary>What the service says until it closes the connection, while a little of the request comes every half second.</summary>
    private async Task<string> SendSlowlyAsync((string Beginning, string Bit) request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, new Uri(Service.Urls.First()).Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Beginning));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = reader.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (await Task.WhenAny(answer, Task.Delay(500, limit.Token)) != answer)
        {
            limit.Token.ThrowIfCancellationRequested();
            try
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Bit));
            }
            catch (IOException)
            {
                break;
            }
        }

        try
        {
            return await answer;
        }
        catch (IOException)
        {
            return "";
        }
    }
}
