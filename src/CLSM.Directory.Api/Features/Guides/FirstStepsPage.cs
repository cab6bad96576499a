using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Web.Html;

namespace CLSM.Directory.Api.Features.Guides;

/// <summary>First steps as a page: what to do, why, and a command that works when it is pasted into a terminal.</summary>
internal static class FirstStepsPage
{
    public static IResult Of(EmbedRequest request, FirstSteps steps) => GuidePage.Of(request, $"steps {steps.Code}", GuidePage.Say(request, steps.Title), Html.Of($"""
        <p>{GuidePage.Say(request, steps.Purpose)}</p>
        {Html.Each(steps.Steps.Index(), step => Html.Of($"""
            <section class="clsm-section"><h2>{step.Index + 1}. {GuidePage.Say(request, step.Item.Title)}</h2>
            <p>{GuidePage.Say(request, step.Item.Text)}</p>
            <pre class="clsm-code" tabindex="0"><code>{step.Item.Command.Replace("{root}", request.Root, StringComparison.Ordinal).Replace("{sandbox}", SandboxKey.Secret, StringComparison.Ordinal)}</code></pre>
            {(step.Item.Page is { } page ? Html.Of($"""<p><a href="{request.Href(page)}">{request.Root}{page}</a></p>""") : Html.Nothing)}
            </section>
            """))}
        """));
}
