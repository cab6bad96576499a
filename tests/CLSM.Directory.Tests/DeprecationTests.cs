using System.Net;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>A directory one of whose operations is to end.</summary>
internal sealed class DeprecationTests : DirectoryFixture
{
    protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton(new ApiChangelog(
    [
        new ApiChange
        {
            Date = new DateOnly(2026, 11, 22),
            Title = new Bilingual("Test", "Test"),
            Added = [],
            Changed = [],
            Deprecated = [new Deprecation("listEvents", new DateOnly(2026, 11, 22), new DateOnly(2027, 12, 31), new Bilingual("Voir listNationalEvents.", "See listNationalEvents."))],
        },
    ]));

    [Test]
    public async Task An_operation_that_is_to_end_says_when_in_its_answers()
    {
        var answer = (await Anonymous.GetAsync("/v1/councils/grenoble/events")).With(HttpStatusCode.OK);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Headers.GetValueOrDefault("Deprecation"), Is.EqualTo("@1795305600"));
            Assert.That(answer.Headers.GetValueOrDefault("Sunset"), Is.EqualTo("Fri, 31 Dec 2027 00:00:00 GMT"));
            Assert.That(answer.Headers.GetValueOrDefault("Link"), Does.Contain("</changelog>; rel=\"deprecation\""));
        });
    }

    [Test]
    public async Task Other_operations_say_nothing_of_an_end()
    {
        var answer = (await Anonymous.GetAsync("/v1/events")).With(HttpStatusCode.OK);
        Assert.That((answer.Headers.GetValueOrDefault("Deprecation"), answer.Headers.GetValueOrDefault("Sunset")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public async Task The_contract_and_the_changelog_say_it_too()
    {
        var contract = (await Anonymous.GetAsync("/openapi/v1.json")).With(HttpStatusCode.OK).Json;
        Assert.Multiple(async () =>
        {
            Assert.That(contract["paths"]!["/v1/councils/{council}/events"]!["get"]!["deprecated"]!.GetValue<bool>(), Is.True);
            Assert.That(contract["paths"]!["/v1/events"]!["get"]!["deprecated"], Is.Null);
            Assert.That((await Anonymous.GetAsync("/changelog")).With(HttpStatusCode.OK).Body, Does.Contain("listEvents").And.Contain("31/12/2027"));
        });
    }
}
