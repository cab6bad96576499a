using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>What the change feed refuses, and by which name.</summary>
internal sealed class FeedInputTests : DirectoryFixture
{
    [TestCase("0")]
    [TestCase("1")]
    [TestCase("-1")]
    [TestCase("9223372036854775807")]
    [TestCase("99999999999999999999999999999999999999999999")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("%00")]
    [TestCase("a%00b")]
    [TestCase("'%20or%201=1--")]
    [TestCase("%F0%9F%92%A9")]
    [TestCase("%ED%A0%80")]
    [TestCase("====")]
    public async Task What_is_no_cursor_is_refused_by_name(string after) =>
        (await Anonymous.GetAsync($"/v1/changes?after={after}")).With(HttpStatusCode.BadRequest).Error("after");

    [Test]
    public async Task A_cursor_that_was_tampered_with_is_refused()
    {
        var cursor = (await Anonymous.GetAsync("/v1/changes/latest")).Json.Text("cursor");
        for (var place = 0; place < cursor.Length; place++)
        {
            var forged = cursor[..place] + (cursor[place] == 'A' ? 'B' : 'A') + cursor[(place + 1)..];
            (await Anonymous.GetAsync($"/v1/changes?after={forged}")).With(HttpStatusCode.BadRequest).Error("after");
        }

        (await Anonymous.GetAsync($"/v1/changes?after={cursor}A")).With(HttpStatusCode.BadRequest).Error("after");
        (await Anonymous.GetAsync($"/v1/changes?after={cursor}%3D%3D")).With(HttpStatusCode.BadRequest).Error("after");
    }

    [Test]
    public async Task A_cursor_of_another_installation_is_refused() =>
        (await Anonymous.GetAsync($"/v1/changes?after={ChangeCursor.Write(1, Guid.NewGuid().ToByteArray())}")).With(HttpStatusCode.BadRequest).Error("after");

    [TestCase(-1)]
    [TestCase(long.MinValue)]
    [TestCase(1_000_000)]
    [TestCase(long.MaxValue)]
    public async Task A_number_that_the_log_does_not_have_is_refused_even_well_sealed(long number)
    {
        var log = await TestCluster.ScalarAsync<Guid>(Database.Reader, "select log from published.change_head");
        var refused = (await Anonymous.GetAsync($"/v1/changes?after={ChangeCursor.Write(number, log.ToByteArray())}")).With(HttpStatusCode.BadRequest);
        Assert.That(refused.Error("after").Text("code"), Is.EqualTo("unknown-change-cursor"));
    }

    [Test]
    public async Task The_cursor_of_a_list_is_refused()
    {
        var cursor = (await Anonymous.GetAsync("/v1/councils?limit=1")).Json["page"].Text("next");
        (await Anonymous.GetAsync($"/v1/changes?after={cursor}")).With(HttpStatusCode.BadRequest).Error("after");
        var own = (await Anonymous.GetAsync("/v1/changes/latest")).Json.Text("cursor");
        (await Anonymous.GetAsync($"/v1/councils?cursor={own}")).With(HttpStatusCode.BadRequest).Error("cursor");
    }

    [Test]
    public async Task A_cursor_holds_the_place_in_plain_order_and_nothing_else()
    {
        var cursor = (await Anonymous.GetAsync("/v1/changes?limit=1")).Items[0].Text("cursor");
        var bytes = Base64Url.DecodeFromChars(cursor);
        Assert.That((bytes.Length, BinaryPrimitives.ReadInt64BigEndian(bytes)), Is.EqualTo((16, 1L)));
    }

    [TestCase("limit=0", "limit", "1")]
    [TestCase("limit=-5", "limit", "1")]
    [TestCase("limit=1001", "limit", "1000")]
    [TestCase("limit=99999999999", "limit", "1000")]
    [TestCase("wait=0", "wait", "1")]
    [TestCase("wait=31", "wait", "30")]
    [TestCase("wait=soon", "wait", "1")]
    [TestCase("type=evnt", "type", "event")]
    [TestCase("type=event,councl", "type", "council")]
    [TestCase("region=4", "region", null)]
    [TestCase("region=4%27", "region", null)]
    [TestCase("council=Metz", "council", "metz")]
    [TestCase("afer=x", "afer", "after")]
    [TestCase("cursor=x", "cursor", "after")]
    [TestCase("after=", "after", null)]
    public async Task A_wrong_parameter_is_named_with_the_closest_valid_value(string query, string parameter, string? closest)
    {
        var error = (await Anonymous.GetAsync($"/v1/changes?{query}")).With(HttpStatusCode.BadRequest).Error(parameter);
        Assert.That(closest is null || error["closest"]?.GetValue<string>() == closest, Is.True, error.ToJsonString());
    }

    [TestCase("region=99", "region", "93")]
    [TestCase("council=metzz", "council", "metz")]
    public async Task A_code_of_nothing_is_named_with_the_closest(string query, string parameter, string closest) =>
        Assert.That((await Anonymous.GetAsync($"/v1/changes?{query}")).With(HttpStatusCode.UnprocessableEntity).Error(parameter).Text("closest"), Is.EqualTo(closest));

    [TestCase("wait=5", "wait")]
    [TestCase("limit=5", "limit")]
    [TestCase("after=-1", "after")]
    public async Task A_stream_refuses_what_does_not_go_with_it(string query, string parameter) =>
        (await Anonymous.GetAsync($"/v1/changes?{query}", ("Accept", "text/event-stream"))).With(HttpStatusCode.BadRequest).Error(parameter);

    [Test]
    public async Task A_stream_refuses_a_forged_last_event_by_its_name() =>
        (await Anonymous.GetAsync("/v1/changes", ("Accept", "text/event-stream"), ("Last-Event-ID", "AAAA"))).With(HttpStatusCode.BadRequest).Error("Last-Event-ID");

    [TestCase("text/html")]
    [TestCase("text/csv, application/xml")]
    [TestCase("text/event-stream;q=0")]
    public async Task Another_format_is_not_acceptable(string accept) =>
        (await Anonymous.GetAsync("/v1/changes", ("Accept", accept))).With(HttpStatusCode.NotAcceptable);

    [TestCase("*/*")]
    [TestCase("application/json, text/event-stream")]
    [TestCase("text/event-stream;q=0.5, application/json")]
    public async Task Whoever_takes_JSON_as_gladly_gets_a_page(string accept) =>
        Assert.That((await Anonymous.GetAsync("/v1/changes", ("Accept", accept))).With(HttpStatusCode.OK).Headers["Content-Type"], Is.EqualTo("application/json"));
}
