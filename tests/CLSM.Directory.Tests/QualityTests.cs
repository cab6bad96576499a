using System.Net;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Quality says what is missing and what to do, and adds nothing up but that.</summary>
internal sealed class QualityTests : DirectoryFixture
{
    [TestCase("metz")]
    [TestCase("grenoble")]
    public async Task The_score_is_the_number_of_criteria_that_are_met(string council)
    {
        var report = (await Anonymous.GetAsync($"/v1/councils/{council}/quality")).With(HttpStatusCode.OK).Json;
        var criteria = report["criteria"]!.AsArray();
        Assert.That(report["maximum"]!.GetValue<int>(), Is.EqualTo(criteria.Count));
        Assert.That(report["score"]!.GetValue<int>(), Is.EqualTo(criteria.Count(criterion => criterion!["met"]!.GetValue<bool>())));
        foreach (var criterion in criteria)
        {
            Assert.That(criterion!["advice"] is null, Is.EqualTo(criterion["met"]!.GetValue<bool>()), criterion.Text("code"));
        }
    }

    [Test]
    public async Task A_council_of_which_nothing_is_known_is_told_what_to_do_everywhere()
    {
        (await Administrator.PostAsync("/v1/councils", """{"code":"test-0001","kind":"clsm","name":"x","status":"unknown"}""")).With(HttpStatusCode.Created);
        var before = (await Anonymous.GetAsync("/v1/councils/test-0001/quality")).With(HttpStatusCode.OK).Json;
        Assert.That(before["score"]!.GetValue<int>(), Is.Zero);
        Assert.That(before["criteria"]!.AsArray().Select(criterion => criterion!["advice"].Text("fr")), Is.All.Not.Empty);

        (await Administrator.PatchAsync("/v1/councils/test-0001", """{"status":"active","foundation":{"date":{"value":"2006","precision":"year"}}}""", "*")).With(HttpStatusCode.OK);
        Assert.That((await Anonymous.GetAsync("/v1/councils/test-0001/quality")).Json["score"]!.GetValue<int>(), Is.EqualTo(2));
    }

    [Test]
    public async Task Evidence_is_given_for_every_member_when_asked_for()
    {
        (await Administrator.PostAsync("/v1/councils", """{"code":"test-0002","kind":"clsm","name":"x","status":"unknown","sources":[{"id":"s"}],"evidence":{"":{"state":"stated","source":"s"},"/status":{"state":"inferred","reason":"x"}}}""")).With(HttpStatusCode.Created);
        var evidence = (await Anonymous.GetAsync("/v1/councils/test-0002?evidence=true")).With(HttpStatusCode.OK).Json["evidence"]!;
        Assert.That(evidence["/name"].Text("state"), Is.EqualTo("stated"));
        Assert.That(evidence["/status"].Text("state"), Is.EqualTo("inferred"));
        Assert.That(evidence["/foundation"].Text("state"), Is.EqualTo("not-stated"));
        (await Anonymous.GetAsync("/v1/councils/test-0002?evidence=yes")).With(HttpStatusCode.BadRequest).Error("evidence");
    }
}
