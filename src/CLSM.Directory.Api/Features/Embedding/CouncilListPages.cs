using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Html;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Api.Features.Embedding;

/// <summary>The councils of a place, and the search for one: <c>/embed/councils</c>.</summary>
internal static class CouncilListPages
{
    public const string Path = "/embed/councils";

    public static readonly QueryParameter Place = new TextParameter("place", 100, "Name, postcode or INSEE code of a commune, as people write it.");

    private static readonly SortField[] Sorts = [SortField.Name];

    private static readonly IReadOnlyList<QueryParameter> Paging = PageRequest.ParametersWithoutFields;

    /// <summary>The words in which the councils of a list can be asked for: those of the national list.</summary>
    public static IReadOnlyList<QueryParameter> Filters => NationalFilters.Councils.Parameters;

    public static async Task<IResult> ReadAsync(
        HttpContext context,
        PublishedDbContext published,
        DocumentQueries documents,
        FilterResolver resolver,
        PlaceLookup places,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (request, errorPage) = EmbedRequest.Read(context, [.. Filters, .. Paging, Place, EmbedRequest.Format]);
        if (errorPage is not null)
        {
            return errorPage;
        }

        if (request.Query.GetValue(Place.Name) is { } place)
        {
            var communes = await places.FindAsync(place, cancellationToken);
            return communes is [var only] ? TypedResults.Redirect(request.Href(Path, ("commune", only.Code))) : Choice(request, place, communes);
        }

        if (!(await resolver.ResolveAsync(request.Query, cancellationToken)).TryGet(out var filters, out var problem)
            || !PageRequest.Read(context, request.Query, Sorts, Filters).TryGet(out var page, out problem))
        {
            return MessagePage.Of(request, problem);
        }

        var version = published.ChangeLogState.Select(log => log.Cursor);
        var found = await NationalFilters.Councils.Apply(published.Councils, filters)
            .ToPageAsync(page, version, documents.TypesOf(["contacts"]), cancellationToken);
        var isAll = Filters.All(filter => request.Query.GetValues(filter.Name) is null);
        var departments = isAll && page.After is null ? await places.DepartmentsAsync(cancellationToken) : [];
        var name = await places.NameAsync(request.Query, cancellationToken);
        var today = CouncilView.TodayOf(time);
        List<CouncilDocument> councils = [.. found.Page.Items.Select(documents.DocumentOf)];
        var (total, next) = (found.Page.Information.Total, found.Page.Information.Next);
        return new HtmlResult(request, () => List(request, today, name, councils, total, next, departments))
        {
            // Councils cover from and until days.
            Stamp = $"{found.Version}-{today:yyMMdd}",
            UpdatedAt = councils.Max(council => council.UpdatedAt),
        };
    }

    private static Html List(
        EmbedRequest request,
        DateOnly today,
        string? name,
        IReadOnlyList<CouncilDocument> councils,
        int total,
        string? next,
        IReadOnlyList<DepartmentCount> departments)
    {
        var words = request.Words;
        var level = request.IsFragment ? 2 : 1;
        var title = name is null ? words.Councils : $"{words.Councils}{words.Say(" : ", ": ")}{name}";
        var view = new CouncilView(request, today, level + 1);
        var address = request.Root + Path + request.Context.Request.QueryString;
        var content = Html.Of($"""
            <h{level} class="clsm-name">{title}</h{level}>
            {(request.IsFragment ? Html.Nothing : SearchField(request, null))}
            <p class="clsm-count">{words.Count(total)}</p>
            {(total == 0 ? Html.Of($"<p>{words.NoCouncil}</p>") : Html.Of($"""<ul class="clsm-results">{Html.Each(councils, council => Item(request, view, level + 1, council))}</ul>"""))}
            {(next is null ? Html.Nothing : Html.Of($"""<p><a class="clsm-button" rel="next" href="{request.Origin}{CacheHeaders.WithCursor(request.Context.Request, next)}">{words.Next}</a></p>"""))}
            {ByDepartment(request, departments)}
            """);
        var source = Attribution.Of(request, title, address, councils.Max(council => council.UpdatedAt));
        return request.IsFragment
            ? Html.Of($"""<section class="clsm" lang="{words.Language}">{content}{source}</section>""")
            : PageFrame.Of(
                request,
                title,
                Html.Of($"""<main class="clsm" aria-label="{title}">{content}</main>{source}"""),
                address,
                StructuredData.OfList(councils.Select(council => (council.Name, request.Root + CouncilPages.PathOf(council.Code)))));
    }

    private static Html Item(EmbedRequest request, CouncilView view, int level, CouncilDocument council) => Html.Of($"""
        <li>
        <h{level}><a href="{request.Href(CouncilPages.PathOf(council.Code))}" lang="fr">{council.Name}</a>{view.Status(council)}</h{level}>
        {(view.TerritoryOf(council) is { } territory ? Html.Of($"""<p class="clsm-territory" lang="fr">{territory}</p>""") : Html.Nothing)}
        {(council.Contacts is null ? Html.Nothing : view.Contacts(council.Contacts))}
        </li>
        """);

    private static HtmlResult Choice(EmbedRequest request, string place, IReadOnlyList<Commune> communes)
    {
        var words = request.Words;
        return new HtmlResult(request, () => PageFrame.Of(request, words.WhichPlace, Html.Of($"""
            <main class="clsm" aria-label="{words.WhichPlace}">
            <h1 class="clsm-name">{words.WhichPlace}</h1>
            {SearchField(request, place)}
            {(communes.Count == 0 ? Html.Of($"""<p role="status">{words.NoPlace(place)}</p>""") : Html.Nothing)}
            <ul class="clsm-list">{Html.Each(communes, commune => Html.Of($"""
                <li><a href="{request.Href(Path, ("commune", commune.Code))}">{commune.Name} ({commune.Department.Code}, {commune.Department.Name})</a> <span class="clsm-soft">{words.Count(commune.Councils.Count)}</span></li>
                """))}</ul>
            </main>
            {Attribution.Of(request, words.WhichPlace, request.Address(Path), null)}
            """)));
    }

    private static Html SearchField(EmbedRequest request, string? place) => Html.Of($"""
        <form class="clsm-search" role="search" method="get" action="{request.Href(Path)}">
        <label for="place">{request.Words.Place}</label>
        <span class="clsm-field"><input id="place" name="place" type="text" value="{place}" maxlength="100" autocomplete="off" spellcheck="false"><button type="submit">{request.Words.Search}</button></span>
        {Html.Each(request.Chosen(), chosen => Html.Of($"""<input type="hidden" name="{chosen.Name}" value="{chosen.Value}">"""))}
        </form>
        """);

    private static Html ByDepartment(EmbedRequest request, IReadOnlyList<DepartmentCount> departments) => departments.Count == 0 ? Html.Nothing : Html.Of($"""
        <nav class="clsm-section" aria-labelledby="departments">
        <h2 id="departments">{request.Words.Departments}</h2>
        <ul class="clsm-departments">{Html.Each(departments, department => Html.Of($"""
            <li><a href="{request.Href(Path, ("department", department.Code))}">{department.Code} {department.Name} <span class="clsm-soft">({department.Councils})</span></a></li>
            """))}</ul>
        </nav>
        """);
}
