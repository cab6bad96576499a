using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CLSM.Directory.Tests;

/// <summary>What partners' visitors see, in a real browser: without scripts, elsewhere, with the directory down, by keyboard.</summary>
[Parallelizable]
internal sealed class EmbedBrowserTests : BrowserFixture
{
    private const string Partner = "https://www.partner.test";

    private static readonly string[] Pages =
    [
        "/embed/councils/grenoble", "/embed/councils/metz?lang=en", "/embed/councils", "/embed/councils?commune=57463", "/embed/councils?place=Saint-Denis", "/embed/councils/test-none",
        "/embed", "/embed?search=metz", "/embed?council=grenoble",
    ];

    [OneTimeSetUp]
    public async Task MakeAsync() => (await Administrator.PutAsync(
        "/v1/councils/test-0001/document",
        """{"code":"test-0001","kind":"clsm","name":"test-0001","status":"active","embedding":{"allowedHosts":["www.partner.test"]} }""",
        null)).With(HttpStatusCode.Created);

    [Test]
    public async Task A_frame_works_without_any_script_and_by_keyboard_alone()
    {
        await using var context = await Browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, Locale = "fr-FR" });
        var page = await ForeignPageAsync(context, Partner, $"""<iframe id="frame" src="{Address}/embed/councils" title="CLSM" width="600" height="800"></iframe>""");
        var frame = page.FrameLocator("#frame");
        await frame.GetByLabel("Commune, code postal ou code INSEE").FocusAsync();
        await page.Keyboard.TypeAsync("Grenoble");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(frame.GetByRole(AriaRole.Button, new() { Name = "Chercher" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        var council = frame.GetByRole(AriaRole.Link, new() { Name = "Conseil Local de Santé Mentale (Ville de Grenoble)" });
        await Assertions.Expect(council).ToBeVisibleAsync();
        await council.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(frame.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Conseil Local de Santé Mentale (Ville de Grenoble)");
        await Assertions.Expect(frame.GetByText("Comité de pilotage")).ToBeVisibleAsync();
        Assert.That(await context.CookiesAsync(), Is.Empty);
    }

    [TestCase("origin")]
    [TestCase("file")]
    [TestCase("sandboxed page")]
    [TestCase("sandboxed frame")]
    public async Task Any_page_may_show_a_council_that_names_no_host(string kind)
    {
        await using var context = await Browser.NewContextAsync();
        var frame = $"""<iframe id="frame" {(kind == "sandboxed frame" ? "sandbox=\"allow-scripts\"" : "")} src="{Address}/embed/councils/grenoble" title="CLSM" width="600" height="800"></iframe>""";
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, "partner.html");
        await File.WriteAllTextAsync(file, frame);
        var page = kind == "file"
            ? await context.NewPageAsync()
            : await ForeignPageAsync(context, Partner, kind == "sandboxed page" ? $"<iframe id=\"outer\" sandbox=\"allow-scripts\" title=\"test\" width=\"700\" height=\"900\" srcdoc='{frame}'></iframe>" : frame);
        if (kind == "file")
        {
            await page.GotoAsync(new Uri(file).AbsoluteUri);
        }

        var shown = kind == "sandboxed page" ? page.FrameLocator("#outer").FrameLocator("#frame") : page.FrameLocator("#frame");
        var heading = shown.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Assertions.Expect(heading).ToHaveTextAsync("Conseil Local de Santé Mentale (Ville de Grenoble)");
        Assert.That(await heading.EvaluateAsync<string>("heading => getComputedStyle(heading).fontSize"), Is.EqualTo("24px"), "the stylesheet");
    }

    [TestCase("https://www.partner.test", true)]
    [TestCase("https://partner.test", false)]
    [TestCase("https://evil.www.partner.test", false)]
    [TestCase("https://evilwww.partner.test", false)]
    [TestCase("http://www.partner.test", false)]
    public async Task A_browser_refuses_a_frame_where_the_council_does_not_allow_it(string origin, bool allowed)
    {
        await using var context = await Browser.NewContextAsync();
        var page = await ForeignPageAsync(context, origin, $"""<iframe id="frame" src="{Address}/embed/councils/test-0001" title="CLSM" width="600" height="800"></iframe>""");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.That(await page.FrameLocator("#frame").GetByRole(AriaRole.Heading, new() { Name = "test-0001" }).CountAsync(), Is.EqualTo(allowed ? 1 : 0));
    }

    [TestCase("fr", "Instances", "Téléphone")]
    [TestCase("en", "Governance bodies", "Telephone")]
    public async Task The_component_shows_a_council_in_a_foreign_page(string language, string bodies, string telephone)
    {
        await using var context = await Browser.NewContextAsync();
        var elsewhere = new List<string>();
        context.Request += (_, request) => elsewhere.Add(request.Url);
        var page = await ForeignPageAsync(context, Partner, await PastedAsync("council=grenoble", language));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = bodies })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Comité de pilotage")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText($"{telephone}")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "04 76 03 43 52" })).ToHaveAttributeAsync("href", "tel:+33476034352");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "CLSM Directory" })).ToHaveAttributeAsync("href", $"{Address}/embed/councils/grenoble");
        Assert.That(elsewhere.Where(url => !url.StartsWith(Partner, StringComparison.Ordinal) && !url.StartsWith(Address, StringComparison.Ordinal)), Is.Empty);
        Assert.That(await context.CookiesAsync(), Is.Empty);
    }

    [Test]
    public async Task The_component_shows_the_councils_of_a_place()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await ForeignPageAsync(context, Partner, await PastedAsync("commune=57463", "fr"));
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Conseil Local de Santé Mentale du territoire messin" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "03 87 56 27 68" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_component_keeps_what_it_last_showed_when_the_directory_is_down()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await ForeignPageAsync(context, Partner, await PastedAsync("council=grenoble", "fr"));
        await Assertions.Expect(page.GetByText("Comité de pilotage")).ToBeVisibleAsync();
        await context.RouteAsync($"{Address}/v1/**", route => route.AbortAsync());
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Comité de pilotage")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("L’annuaire ne répond pas");
    }

    [Test]
    public async Task Without_anything_to_show_the_page_keeps_its_link()
    {
        await using var context = await Browser.NewContextAsync();
        await context.RouteAsync($"{Address}/v1/**", route => route.AbortAsync());
        var errors = new List<string>();
        context.WebError += (_, error) => errors.Add(error.Error);
        var page = await ForeignPageAsync(context, Partner, await PastedAsync("council=grenoble", "fr"));
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Conseil Local de Santé Mentale (Ville de Grenoble)" })).ToBeVisibleAsync();
        Assert.That(errors, Is.Empty);
    }

    [Test]
    public async Task The_component_needs_no_storage_and_no_leave_for_styles()
    {
        await using var context = await Browser.NewContextAsync();
        await context.AddInitScriptAsync("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });");
        var body = await PastedAsync("council=grenoble", "fr");
        var page = await ForeignPageAsync(context, Partner, $"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {Address}; connect-src {Address}">{body}""");
        var card = page.Locator("clsm-council .card");
        await Assertions.Expect(card).ToBeVisibleAsync();
        Assert.That(await card.EvaluateAsync<string>("card => getComputedStyle(card).borderTopStyle"), Is.EqualTo("solid"));
    }

    [TestCaseSource(nameof(Pages))]
    public async Task A_page_is_accessible_in_light_and_dark_on_a_small_screen_and_enlarged(string path)
    {
        foreach (var (scheme, width, scale) in new[] { (ColorScheme.Light, 1280, 1f), (ColorScheme.Dark, 1280, 1f), (ColorScheme.Light, 640, 2f), (ColorScheme.Dark, 320, 1f) })
        {
            await using var context = await Browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 900 }, DeviceScaleFactor = scale });
            var page = await context.NewPageAsync();
            await page.GotoAsync(Address + path);
            await AssertAccessibleAsync(page, $"{path} {scheme} {width}");
            Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), Is.True, $"{path} scrolls sideways at {width}");
        }
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task The_component_is_accessible(ColorScheme scheme)
    {
        await using var context = await Browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 320, Height = 900 } });
        var page = await ForeignPageAsync(context, Partner, await PastedAsync("council=grenoble", "fr"));
        await Assertions.Expect(page.GetByText("Comité de pilotage")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page, $"component {scheme}");
    }

    [Test]
    public async Task A_page_with_a_frame_and_a_component_stays_accessible()
    {
        await using var context = await Browser.NewContextAsync();
        var page = await ForeignPageAsync(context, Partner, $"""<iframe id="frame" src="{Address}/embed/councils/metz" title="CLSM de Metz" width="600" height="800"></iframe>{await PastedAsync("council=grenoble", "fr")}""");
        await Assertions.Expect(page.GetByText("Comité de pilotage").First).ToBeVisibleAsync();
        await Assertions.Expect(page.FrameLocator("#frame").GetByRole(AriaRole.Main)).ToBeVisibleAsync();
        await AssertAccessibleAsync(page, "frame and component");
    }

    /// <summary>With the pages' own policy switched off, so that nothing but their encoding stands between a text and a script.</summary>
    [Test]
    public async Task No_text_of_a_council_runs()
    {
        await using var context = await Browser.NewContextAsync(new BrowserNewContextOptions { BypassCSP = true });
        var page = await context.NewPageAsync();
        var pasted = new StringBuilder();
        foreach (var (text, index) in EmbedTests.Hostile.Select((text, index) => (text, index)))
        {
            var (code, json, written) = ($"test-01{index:00}", JsonValue.Create(text).ToJsonString(), Uri.EscapeDataString(text));
            (await Administrator.PutAsync(
                $"/v1/councils/{code}/document",
                $$"""
                {"code":"{{code}}","kind":"clsm","name":{{json}},"shortName":{{json}},"status":"active","purpose":{{json}},"territory":{"label":{{json}} },
                 "contacts":[{"function":"coordinator","label":{{json}},"nominative":false,"visibility":"public"}],"governanceBodies":[{"type":"bureau","name":{{json}} }] }
                """,
                null)).With(HttpStatusCode.Created);
            foreach (var path in new[] { $"/embed/councils/{code}", $"/embed?council={code}", $"/embed?search={written}", $"/embed/councils?place={written}", $"/embed/councils?lang={written}" })
            {
                await page.GotoAsync(Address + path);
                Assert.That(await page.EvaluateAsync<bool>("window.pwned === undefined"), Is.True, path);
            }

            pasted.Append(CultureInfo.InvariantCulture, $"""<clsm-council council="{code}" directory="{Address}"></clsm-council>""");
        }

        await page.GotoAsync($"{Address}/embed/councils?limit=1000");
        Assert.That(await page.EvaluateAsync<bool>("window.pwned === undefined"), Is.True, "list");
        var foreign = await ForeignPageAsync(context, Partner, $"{await PastedAsync("council=grenoble", "fr")}{pasted}");
        await Assertions.Expect(foreign.Locator("clsm-council h2")).ToHaveCountAsync(EmbedTests.Hostile.Length + 1);
        Assert.That(await foreign.EvaluateAsync<bool>("window.pwned === undefined"), Is.True, "component");
    }

    private static async Task AssertAccessibleAsync(IPage page, string what)
    {
        var found = await page.RunAxe();
        Assert.That(found.Violations.Select(violation => $"{violation.Id}: {violation.Help} {string.Join("; ", violation.Nodes.Select(node => node.Html))}"), Is.Empty, what);
    }

    /// <summary>The web component as the page for partners gives it.</summary>
    private async Task<string> PastedAsync(string words, string language)
    {
        var page = (await Anonymous.GetAsync($"/embed?{words}&lang={language}")).With(HttpStatusCode.OK).Body;
        var begin = page.IndexOf("<textarea id=\"component\"", StringComparison.Ordinal);
        var pasted = page[(page.IndexOf('>', begin) + 1)..page.IndexOf("</textarea>", begin, StringComparison.Ordinal)];
        return WebUtility.HtmlDecode(pasted);
    }
}
