using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.LocalPostgres.Processes;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>The service as its operator runs it: a process of its own, to be told to stop, or killed.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int Terminate = 15;

    private readonly Process process;

    private ServiceProcess(Process process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    public bool HasEnded => process.HasExited;

    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    public static ServiceProcess Start(DirectoryDatabase database, string address, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ApiKeyAdministration).Assembly.Location, "serve", "--urls", address])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Owner"] = database.Owner;
        start.Environment["ConnectionStrings__Service"] = database.Service;
        start.Environment["ConnectionStrings__Reader"] = database.Reader;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServiceProcess(process, address);
    }

    /// <summary>Until it answers, whether or not it has its database.</summary>
    public async Task AnswersAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new Client(Address, null);
        while (true)
        {
            Assert.That(process.HasExited, Is.False, "the service ended by itself");
            try
            {
                (await client.GetAsync("/health/live")).With(HttpStatusCode.OK);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(30, limit.Token);
            }
        }
    }

    /// <summary>SIGTERM, as every process supervisor sends it.</summary>
    public void TellToStop() => Unix.Signal(process.Id, Terminate);

    /// <summary>SIGKILL: it has no time for a last word.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Until it has ended by itself.</summary>
    public async Task<int> EndsAsync(TimeSpan longest)
    {
        await process.WaitForExitAsync().WaitAsync(longest);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }
}
