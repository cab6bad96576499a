using CLSM.Directory.Tests.Hosting;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CLSM.Directory.Tests;

/// <summary>Swagger UI and the pages it leads to, as a newcomer meets them in a real browser.</summary>
[Parallelizable]
internal sealed class FrontDoorBrowserTests : BrowserFixture
{
    private static readonly string[] Pages = ["/guides/agency", "/guides/partner?lang=en", "/guides/coordinator", "/problems", "/problems/unknown-parameter", "/changelog"];

    [TestCase(ColorScheme.Light, 1280)]
    [TestCase(ColorScheme.Dark, 320)]
    public async Task Pages_for_newcomers_are_accessible(ColorScheme colours, int width)
    {
        await using var context = await Browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = colours, ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        var page = await context.NewPageAsync();
        await Assert.MultipleAsync(async () =>
        {
            foreach (var path in Pages)
            {
                await page.GotoAsync(Address + path);
                await CheckAsync(page, path);
                Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), Is.True, $"{path} at {width} px");
            }
        });
    }

    [Test]
    public async Task Swagger_UI_is_accessible_closed_and_open()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await OpenAsync(context);
        await CheckAsync(page, "closed");
        await page.Locator(".opblock-tag").Filter(new() { HasText = "Find councils" }).ClickAsync();
        await page.Locator("#operations-Find_councils-listCouncils .opblock-summary-control").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Execute" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Assertions.Expect(page.Locator(".live-responses-table")).ToBeVisibleAsync();
        await CheckAsync(page, "open");
    }

    [Test]
    public async Task A_newcomer_asks_for_councils_without_typing_and_nothing_leaves_the_directory()
    {
        await using var context = await Browser.NewContextAsync();
        var (elsewhere, complaints) = (new List<string>(), new List<string>());
        context.Request += (_, request) => elsewhere.Add(request.Url);
        context.Console += (_, message) => complaints.Add(message.Text);
        var page = await OpenAsync(context);
        await page.Locator(".opblock-tag").Filter(new() { HasText = "Find councils" }).ClickAsync();
        await page.Locator("#operations-Find_councils-listCouncils .opblock-summary-control").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Assertions.Expect(page.Locator(".live-responses-table tbody .response-col_status")).ToContainTextAsync("200");
        Assert.Multiple(() =>
        {
            Assert.That(elsewhere.Where(url => !url.StartsWith(Address, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal)), Is.Empty);
            Assert.That(complaints, Is.Empty);
        });
    }

    [Test]
    public async Task First_steps_are_one_click_away_from_Swagger_UI()
    {
        await using var context = await Browser.NewContextAsync(new BrowserNewContextOptions { Locale = "fr-FR" });
        var page = await OpenAsync(context);
        var opened = await context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "of an agency" }).ClickAsync());
        await Assertions.Expect(opened.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Les trois premiers pas d’une agence");
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Address}/swagger/index.html");
        await Assertions.Expect(page.Locator(".opblock-tag").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        return page;
    }

    private static async Task CheckAsync(IPage page, string what)
    {
        var found = (await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Select(node => node.Html))}").ToList();
        Assert.That(found, Is.Empty, $"{what}\n{string.Join('\n', found)}");
    }
}
