using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>The page of one council, and its content alone for copying: <c>/embed/councils/{council}</c>.</summary>
internal static class CouncilPages
{
    public static string PathOf(string council) => $"/embed/councils/{council}";

    public static async Task<IResult> ReadAsync(
        HttpContext context,
        string council,
        PublishedDbContext published,
        ReadOptions reads,
        DocumentQueries documents,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (request, errorPage) = EmbedRequest.Read(context, EmbedRequest.Format);
        if (errorPage is not null)
        {
            return errorPage;
        }

        var found = await CouncilLookup.FindAsync(published, reads, documents, council, cancellationToken);
        return found switch
        {
            null => MessagePage.Unknown(request, council),
            { Council: null } => MessagePage.Removed(request, council, found.Reason),
            { Successor: { } successor } => Moved(context, successor, preserveMethod: true),
            { Council.Code: var present } when present != council => Moved(context, present, preserveMethod: false),
            { Council: var document } => Page(request, CouncilView.TodayOf(time), document),
        };
    }

    /// <summary>The content alone: a part of another page, with its own attribution.</summary>
    public static Html Fragment(EmbedRequest request, DateOnly today, CouncilDocument council) => Html.Of($"""
        <section class="clsm" lang="{request.Words.Language}">
        {new CouncilView(request, today, 2).Content(council)}
        {Attribution.OfCouncil(request, council, request.Address(PathOf(council.Code)))}
        </section>

        """);

    private static HtmlResult Page(EmbedRequest request, DateOnly today, CouncilDocument council) => new(
        request, () => request.IsFragment ? Fragment(request, today, council) : Whole(request, today, council))
    {
        Stamp = $"{council.Version}",
        UpdatedAt = council.UpdatedAt,
        AllowedHosts = council.Embedding?.AllowedHosts,
    };

    private static Html Whole(EmbedRequest request, DateOnly today, CouncilDocument council)
    {
        var address = request.Root + PathOf(council.Code);
        return PageFrame.Of(
            request,
            council.Name,
            Html.Of($"""
                <main class="clsm" aria-label="{council.Name}">
                {new CouncilView(request, today, 1).Content(council)}
                <p><a class="clsm-button" href="{request.Href("/embed/councils")}">{request.Words.OtherCouncils}</a></p>
                </main>
                {Attribution.OfCouncil(request, council, request.Address(PathOf(council.Code)))}
                """),
            address,
            StructuredData.Of(council, address, request));
    }

    private static IResult Moved(HttpContext context, string council, bool preserveMethod) =>
        TypedResults.Redirect($"{context.Request.PathBase}{PathOf(council)}{context.Request.QueryString}", permanent: true, preserveMethod);
}
