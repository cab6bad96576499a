using System.Net;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>Requests that wait for the next change, and streams: woken by the database, bounded, and gone without a trace.</summary>
internal sealed class FeedWaitTests : DirectoryFixture
{
    private const int Places = 6;

    private readonly ChangeFeedLimiter limiter = new(Places);

    protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton(limiter);

    [TearDown]
    public async Task Everybody_has_left() => await UntilAsync(() => limiter.Waiting == 0);

    [Test]
    public async Task A_request_that_waits_is_woken_by_a_write()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous);
        var waiting = follower.WaitAsync();
        await UntilAsync(() => limiter.Waiting == 1);
        await WriteAsync();
        var answer = (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).With(HttpStatusCode.OK);
        Assert.That(FeedFollower.Words(answer.Items[0]), Does.StartWith("created event").Or.StartWith("updated council"));
        Assert.That(answer.Headers["Cache-Control"], Is.EqualTo("no-store"));
    }

    [Test]
    public async Task A_request_that_waits_is_woken_by_plain_SQL()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous, "&council=metz&type=governance-body");
        var waiting = follower.WaitAsync();
        await UntilAsync(() => limiter.Waiting == 1);
        await TestCluster.ExecuteAsync(
            TestCluster.AdministratorOf(Database),
            """
            update directory.governance_body set statement = jsonb_set(statement, '{purpose}', to_jsonb('test-repaired ' || clock_timestamp()::text))
            where type = 'steering-committee' and council_id = (select id from directory.council where code = 'metz')
            """);
        var answer = (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).With(HttpStatusCode.OK);
        Assert.That(answer.Items.Single().Text("operation"), Is.EqualTo("updated"));
    }

    [Test]
    public async Task What_does_not_match_does_not_end_the_wait()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous, "&council=grenoble&type=event");
        var waiting = follower.WaitAsync();
        await UntilAsync(() => limiter.Waiting == 1);
        await WriteAsync();
        Assert.That((await FeedFollower.FromNowAsync(Anonymous)).After, Is.Not.EqualTo(follower.After));
        var made = (await Grenoble.PostAsync("/v1/councils/grenoble/events", $$"""{"name":"test-{{Guid.NewGuid()}}","kind":"sism"}""")).With(HttpStatusCode.Created);
        var answer = (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).With(HttpStatusCode.OK);
        Assert.That(answer.Items.Single().Text("id"), Is.EqualTo(made.Json.Text("id")));
    }

    [Test]
    public async Task When_time_is_up_the_page_is_empty_and_goes_on_behind_what_did_not_match()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous, "&type=working-group");
        var waiting = follower.WaitAsync(1);
        await WriteAsync();
        var answer = (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).With(HttpStatusCode.OK);
        Assert.That(answer.Items, Is.Empty);
        follower.After = answer.Json["page"].Text("after");
        Assert.That(await follower.CatchUpAsync(), Is.Empty);
    }

    [Test]
    public async Task What_is_there_already_is_not_waited_for()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous);
        await WriteAsync();
        Assert.That((await follower.WaitAsync().WaitAsync(TimeSpan.FromSeconds(10))).With(HttpStatusCode.OK).Items, Is.Not.Empty);
    }

    [Test]
    public async Task Beyond_the_places_there_are_a_request_is_told_to_come_back()
    {
        var follower = await FeedFollower.FromNowAsync(Anonymous);
        using var leaving = new CancellationTokenSource();
        using var http = new HttpClient { BaseAddress = new Uri(Service.Urls.First()) };
        var waiting = Enumerable.Range(0, Places).Select(_ => http.GetAsync($"/v1/changes?wait=30&after={follower.After}", leaving.Token)).ToList();
        await UntilAsync(() => limiter.Waiting == Places);
        var refused = (await follower.WaitAsync()).With(HttpStatusCode.ServiceUnavailable);
        Assert.That((refused.Problem, refused.Headers["Retry-After"]), Is.EqualTo(("too-many-waiting", "10")));
        (await Anonymous.GetAsync("/v1/changes", ("Accept", "text/event-stream"))).With(HttpStatusCode.ServiceUnavailable);
        (await Anonymous.GetAsync($"/v1/changes?after={follower.After}")).With(HttpStatusCode.OK);
        await leaving.CancelAsync();
        await UntilAsync(() => limiter.Waiting == 0);
        Assert.That(waiting.All(request => request.IsCanceled), Is.True);
    }

    [Test]
    public async Task A_stream_tells_each_change_once_and_goes_on_where_it_was_left()
    {
        var from = (await FeedFollower.FromNowAsync(Anonymous)).After;
        var told = new List<(string Id, string Data)>();
        using (var stream = await EventStream.OpenAsync(Service.Urls.First(), $"/v1/changes?council=metz&type=event&after={from}"))
        {
            foreach (var _ in Enumerable.Range(0, 3))
            {
                await WriteAsync();
                told.Add(await stream.NextAsync());
            }
        }

        await UntilAsync(() => limiter.Waiting == 0);
        await WriteAsync();

        // As a browser comes back: with the address it began with, and the last id.
        using (var stream = await EventStream.OpenAsync(Service.Urls.First(), $"/v1/changes?council=metz&type=event&after={from}", told[^1].Id))
        {
            told.Add(await stream.NextAsync());
        }

        var page = (await Anonymous.GetAsync($"/v1/changes?council=metz&type=event&after={from}")).Items;
        Assert.That(told.Select(entry => entry.Id), Is.EqualTo(page.Select(entry => entry.Text("cursor")).ToList()));
        foreach (var (entry, (_, data)) in page.Zip(told))
        {
            entry.ShouldBe(data);
        }
    }

    [Test]
    public async Task A_stream_catches_up_before_it_waits()
    {
        var all = await new FeedFollower(Anonymous).CatchUpAsync(1000);
        using var stream = await EventStream.OpenAsync(Service.Urls.First(), "/v1/changes");
        foreach (var entry in all)
        {
            Assert.That((await stream.NextAsync()).Id, Is.EqualTo(entry.Text("cursor")));
        }
    }

    [Test]
    public async Task The_head_of_a_stream_ends()
    {
        var head = (await Anonymous.SendAsync(HttpMethod.Head, "/v1/changes", null, ("Accept", "text/event-stream")).WaitAsync(TimeSpan.FromSeconds(10))).With(HttpStatusCode.OK);
        Assert.That(head.Headers["Content-Type"], Is.EqualTo("text/event-stream"));
    }

    private async Task WriteAsync() =>
        (await Metz.PostAsync("/v1/councils/metz/events", $$"""{"name":"test-{{Guid.NewGuid()}}","kind":"sism"}""")).With(HttpStatusCode.Created);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
