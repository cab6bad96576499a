using CLSM.Directory.Api;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Security.ApiKeys;
using Microsoft.AspNetCore.Builder;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>A service of its own on a database of its own, spoken to over HTTP by callers with different keys.</summary>
internal abstract class DirectoryFixture
{
    protected DirectoryDatabase Database { get; private set; } = null!;

    protected WebApplication Service { get; private set; } = null!;

    protected Client Anonymous { get; private set; } = null!;

    protected Client Administrator { get; private set; } = null!;

    /// <summary>Holds a key of Metz alone.</summary>
    protected Client Metz { get; private set; } = null!;

    /// <summary>Holds a key of Grenoble alone.</summary>
    protected Client Grenoble { get; private set; } = null!;

    /// <summary>Holds the key that everybody knows.</summary>
    protected Client Player { get; private set; } = null!;

    protected ApiKeyAdministration Keys => new(Database.Owner);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Database = await TestCluster.NewDatabaseAsync();
        await PrepareAsync();
        Service = DirectoryApplication.Build(
            Reached(Database), ["--urls", "http://127.0.0.1:0", "--Objections:Secret", TestCluster.ObjectionSecret, .. Settings], Adjust);
        await Service.StartAsync();
        Anonymous = new Client(Service.Urls.First(), null);
        Player = new Client(Service.Urls.First(), SandboxKey.Secret);
        Administrator = await WithKeyAsync("administrator", true);
        Metz = await WithKeyAsync("metz", false, "metz");
        Grenoble = await WithKeyAsync("grenoble", false, "grenoble");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        Anonymous?.Dispose();
        Administrator?.Dispose();
        Metz?.Dispose();
        Grenoble?.Dispose();
        Player?.Dispose();

        if (Service is not null)
        {
            await Service.StopAsync();
            await Service.DisposeAsync();
        }

        await TestCluster.DropDatabaseAsync(Database);
    }

    /// <summary>Changes the database before the service starts.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>How the service reaches the database.</summary>
    protected virtual DirectoryDatabase Reached(DirectoryDatabase database) => database;

    /// <summary>Configuration of the service, as on its command line. Tests ask more than callers may.</summary>
    protected virtual IReadOnlyList<string> Settings => ["--Limits:Requests", "off"];

    /// <summary>Changes the service before it is built.</summary>
    protected virtual void Adjust(WebApplicationBuilder builder)
    {
    }

    protected async Task<Client> WithKeyAsync(string name, bool isAdministrator, params string[] councils)
    {
        var (_, secret) = await Keys.CreateAsync(name, isAdministrator, councils, null, CancellationToken.None);
        return new Client(Service.Urls.First(), secret);
    }
}
