using Microsoft.Playwright;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>A directory, and a real browser that looks at it.</summary>
internal abstract class BrowserFixture : DirectoryFixture
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "chrome.exe", "msedge.exe"];

    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        "/Applications/Google Chrome.app/Contents/MacOS",
        @"C:\Program Files\Google\Chrome\Application",
        @"C:\Program Files (x86)\Microsoft\Edge\Application",
    ];

    private IPlaywright playwright = null!;

    protected IBrowser Browser { get; private set; } = null!;

    protected string Address => Service.Urls.First();

    [OneTimeSetUp]
    public async Task LaunchAsync()
    {
        if (Installed() is not { } program)
        {
            const string how = "No Chromium, Chrome or Edge on the PATH: apt-get install chromium (Debian), or install Chrome.";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(how);
            }

            Assert.Ignore(how);
            return;
        }

        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            // The pages of partners are made up here, and a public page that looks at this machine would have to ask first.
            Args = ["--no-sandbox", "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,BlockInsecurePrivateNetworkRequests"],
        });
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    /// <summary>A page of a partner, at an origin of its own.</summary>
    protected static async Task<IPage> ForeignPageAsync(IBrowserContext context, string origin, string body)
    {
        await context.RouteAsync($"{origin}/**", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html; charset=utf-8",
            Body = $"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Une page d’un partenaire</title></head><body><main><h1>Une page d’un partenaire</h1>{body}</main></body></html>""",
        }));
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{origin}/");
        return page;
    }

    private static string? Installed() => (
        from folder in Folders
        from name in Names
        let program = Path.Combine(folder, name)
        where File.Exists(program)
        select program).FirstOrDefault();
}
