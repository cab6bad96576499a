using System.Net;
using System.Net.Sockets;
using System.Text;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>What a caller may ask: how often, how large, how slowly.</summary>
internal sealed class LimitTests : DirectoryFixture
{
    // Windows of an hour: no bucket fills while a test runs.
    protected override IReadOnlyList<string> Settings =>
    [
        "--Limits:Anonymous:Requests", "3", "--Limits:Anonymous:Seconds", "3600",
        "--Limits:Key:Requests", "5", "--Limits:Key:Seconds", "3600",
        "--Limits:TrustedProxies", "127.0.0.1 10.9.0.0/16",
    ];

    [Test]
    public async Task Anonymous_callers_are_counted_by_address_and_refused_with_the_time_to_wait()
    {
        for (var left = 2; left >= 0; left--)
        {
            var answer = (await FromAsync("203.0.113.1")).With(HttpStatusCode.OK);
            Assert.That(answer.Headers["RateLimit-Policy"], Is.EqualTo("\"anonymous\";q=3;w=3600"));
            Assert.That(answer.Headers["RateLimit"], Is.EqualTo($"\"anonymous\";r={left};t={(3 - left) * 1200}"));
        }

        var refused = (await FromAsync("203.0.113.1")).With(HttpStatusCode.TooManyRequests);
        Assert.That(refused.Headers["Content-Type"], Is.EqualTo("application/problem+json"));
        Assert.That(refused.Problem, Is.EqualTo("too-many-requests"));
        Assert.That(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 1200));
        Assert.That(refused.Headers["RateLimit"], Does.StartWith("\"anonymous\";r=0;"));
        (await FromAsync("203.0.113.2")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task A_network_of_IPv6_is_one_caller()
    {
        foreach (var address in new[] { "2001:db8:1:1::1", "2001:db8:1:1::2", "2001:db8:1:1:ffff::3" })
        {
            (await FromAsync(address)).With(HttpStatusCode.OK);
        }

        (await FromAsync("2001:db8:1:1::4")).With(HttpStatusCode.TooManyRequests);
        (await FromAsync("2001:db8:1:2::1")).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Only_trusted_proxies_are_believed_about_whom_they_speak_for()
    {
        // What stands before the last untrusted address was written by that one.
        foreach (var invented in new[] { "198.51.100.1", "198.51.100.2", "198.51.100.3" })
        {
            (await FromAsync($"{invented}, 203.0.113.9, 10.9.0.1")).With(HttpStatusCode.OK);
        }

        (await FromAsync("198.51.100.4, 203.0.113.9")).With(HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task A_key_is_counted_by_itself_wherever_it_comes_from()
    {
        using var first = await WithKeyAsync("counted", false, "metz");
        using var second = await WithKeyAsync("other", false, "metz");
        for (var request = 0; request < 5; request++)
        {
            var answer = (await first.GetAsync("/v1/councils", ("X-Forwarded-For", $"203.0.113.{100 + request}"))).With(HttpStatusCode.OK);
            Assert.That(answer.Headers["RateLimit-Policy"], Is.EqualTo("\"key\";q=5;w=3600"));
        }

        (await first.GetAsync("/v1/councils", ("X-Forwarded-For", "203.0.113.120"))).With(HttpStatusCode.TooManyRequests);
        (await second.GetAsync("/v1/councils", ("X-Forwarded-For", "203.0.113.120"))).With(HttpStatusCode.OK);
    }

    [Test]
    public async Task Guessing_keys_is_counted_as_anonymous()
    {
        using var guesser = new Client(Service.Urls.First(), ApiKeySecret.Create());
        for (var request = 0; request < 3; request++)
        {
            (await guesser.GetAsync("/v1/councils", ("X-Forwarded-For", "203.0.113.50"))).With(HttpStatusCode.Unauthorized);
        }

        (await guesser.GetAsync("/v1/councils", ("X-Forwarded-For", "203.0.113.50"))).With(HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task Health_is_never_refused()
    {
        for (var request = 0; request < 5; request++)
        {
            (await Anonymous.GetAsync("/health/live", ("X-Forwarded-For", "203.0.113.60"))).With(HttpStatusCode.OK);
        }
    }

    [TestCase(1, 40_000)]
    [TestCase(120, 10)]
    public async Task Headers_that_are_too_large_are_a_problem(int count, int length)
    {
        var headers = Enumerable.Range(0, count).Select(number => ($"X-Test-{number}", new string('x', length))).ToArray();
        var refused = (await Anonymous.GetAsync("/v1/councils", headers)).With(HttpStatusCode.RequestHeaderFieldsTooLarge);
        Assert.That(refused.Problem, Is.EqualTo("headers-too-large"));
    }

    [Test]
    public async Task No_answer_says_what_it_was_made_with()
    {
        foreach (var path in new[] { "/v1/councils", "/v1/nothing", "/swagger/index.html", "/openapi/v1.json" })
        {
            var answer = await FromAsync("203.0.113.70", path);
            Assert.That(answer.Headers.Keys, Does.Not.Contain("Server").And.Not.Contain("X-Powered-By").And.Not.Contain("X-AspNet-Version"));
        }

        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, new Uri(Service.Urls.First()).Port);
        await connection.GetStream().WriteAsync("nonsense\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
        var bare = await reader.ReadToEndAsync();
        Assert.That(bare, Does.StartWith("HTTP/1.1 400").And.Not.Contain("Kestrel").And.Not.Contain("Server:"));
    }

    [TestCase("--Limits:Requests", "no")]
    [TestCase("--Limits:Key:Requests", "0")]
    [TestCase("--Limits:TrustedProxies", "proxy.test.example")]
    public void A_limit_that_cannot_be_read_stops_the_start(string name, string value) =>
        Assert.That(() => DirectoryApplication.Build(Database, [name, value]), Throws.InvalidOperationException.With.Message.Contain(value));

    private Task<Answer> FromAsync(string address, string path = "/v1/councils") => Anonymous.GetAsync(path, ("X-Forwarded-For", address));
}
