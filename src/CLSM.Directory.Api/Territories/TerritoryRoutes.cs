using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Web.Paging;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Territories;

/// <summary>Communes, EPCI, départements and regions, with the councils that cover them: <c>/v1/territories</c>.</summary>
internal static class TerritoryRoutes
{
    private static readonly string[] ByName = [KeysetPaging.ByName];
    private static readonly string[] CommuneTypes = ["commune", "municipal-arrondissement", "delegated-commune", "associated-commune", "former-commune"];

    private static readonly QueryParameter Words = new TextParameter("q", 100, "Words of the name, or their beginnings; accents, case and hyphens do not matter. Names that begin so come first.");
    private static readonly QueryParameter InDepartment = new TextParameter("department", 3, "Only those of this département, by its code.") { Rule = value => Malformed(value, CodeOfDepartment, "department") };
    private static readonly QueryParameter InEpci = new TextParameter("epci", 9, "Only those of this EPCI, by its SIREN.") { Rule = value => Malformed(value, CodeOfEpci, "epci") };
    private static readonly QueryParameter OfType = new ChoiceParameter("type", CommuneTypes, null, "Only these kinds; all without it, former communes among them.") { IsList = true };
    private static readonly QueryParameter InRegion = new TextParameter("region", 3, "Only those of this region, by its code.") { Rule = value => Malformed(value, CodeOfDepartment, "region") };

    private static Func<string, bool> CodeOfDepartment => code => code.Length is 2 or 3 && code.All(char.IsAsciiLetterOrDigit);

    private static Func<string, bool> CodeOfEpci => TextFormat.Of(PatternKind.Siren).Expression.IsMatch;

    public static void MapTerritories(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/territories/communes", ListCommunesAsync)
            .WithMetadata(new Operation { Parameters = [Words, InDepartment, InEpci, OfType, .. PagingOf(GeographyJsonContext.Instance.Commune)] })
            .WithName("listCommunes").WithTags("Territories")
            .WithSummary("Find communes, and the councils that cover them")
            .WithDescription("Communes, municipal arrondissements, and delegated, associated and former communes, in order of name; with `q`, the closest names first. "
                + "`councils` is an empty list where no council covers one.")
            .Produces<Page<Commune>>();

        v1.MapGet("/territories/communes/{commune}", GetCommuneAsync)
            .WithMetadata(new Operation { Parameters = [FieldSelection.ParameterFor(GeographyJsonContext.Instance.Commune)] })
            .WithName("getCommune").WithTags("Territories")
            .WithSummary("Which councils cover a commune")
            .WithDescription("By INSEE code. A former code, or that of a delegated or associated commune, answers under its own name, with the `current` commune and its councils. "
                + "For a postcode, the answer (404) names the communes that have it.")
            .Produces<Commune>();

        v1.MapGet("/territories/epci/{siren}", GetEpciAsync)
            .WithMetadata(new Operation { Parameters = [FieldSelection.ParameterFor(GeographyJsonContext.Instance.Epci)] })
            .WithName("getEpci").WithTags("Territories")
            .WithSummary("Which councils cover an EPCI")
            .WithDescription("By SIREN. A council covers it whole where it covers each of its communes whole.")
            .Produces<Epci>();

        v1.MapGet("/territories/departments", ListDepartmentsAsync)
            .WithMetadata(new Operation { Parameters = [InRegion, .. PagingOf(GeographyJsonContext.Instance.Department)] })
            .WithName("listDepartments").WithTags("Territories")
            .WithSummary("List the départements, and the councils that cover them")
            .WithDescription("Départements and overseas collectivities in order of code.")
            .Produces<Page<Department>>();

        v1.MapGet("/territories/departments/{department}", GetDepartmentAsync)
            .WithMetadata(new Operation { Parameters = [FieldSelection.ParameterFor(GeographyJsonContext.Instance.Department)] })
            .WithName("getDepartment").WithTags("Territories")
            .WithSummary("Which councils cover a département")
            .WithDescription("By code. A council covers it whole where it covers each of its communes whole.")
            .Produces<Department>();

        v1.MapGet("/territories/regions", ListRegionsAsync)
            .WithMetadata(new Operation { Parameters = [.. PagingOf(GeographyJsonContext.Instance.Region)] })
            .WithName("listRegions").WithTags("Territories")
            .WithSummary("List the regions, and the councils that cover them")
            .WithDescription("Regions with their health agency (ARS), in order of code. Overseas collectivities stand for their own region.")
            .Produces<Page<Region>>();

        v1.MapGet("/territories/regions/{region}", GetRegionAsync)
            .WithMetadata(new Operation { Parameters = [FieldSelection.ParameterFor(GeographyJsonContext.Instance.Region)] })
            .WithName("getRegion").WithTags("Territories")
            .WithSummary("Which councils cover a region")
            .WithDescription("By code, with its health agency (ARS).")
            .Produces<Region>();
    }

    private static async Task<IResult> ListCommunesAsync(HttpContext context, TerritoryQueries reading, TerritoryValidator check, CancellationToken cancellationToken)
    {
        var query = Operation.Query(context);
        var question = new TerritoryQuery();
        List<StatedCode> places = [];
        if (query.One(InDepartment.Name) is { } department)
        {
            places.Add(new StatedCode(TerritoryKind.Department, department, InDepartment.Name));
            question.Conditions.Add($"c.department_code = {question.Add(department)}");
        }

        if (query.One(InEpci.Name) is { } epci)
        {
            places.Add(new StatedCode(TerritoryKind.Epci, epci, InEpci.Name));
            question.Conditions.Add($"c.epci_siren = {question.Add(epci)}");
        }

        if (query.All(OfType.Name) is { } types)
        {
            question.Conditions.Add($"c.type = any ({question.Add(types.ToArray())})");
        }

        if (query.One(Words.Name) is { } words)
        {
            question.Search(words);
        }

        return await RefuseAsync(check, places, cancellationToken)
            ?? await ListAsync<Commune>(context, reading, TerritoryKind.Commune, question, [Words.Name, InDepartment.Name, InEpci.Name, OfType.Name], cancellationToken);
    }

    private static async Task<IResult> ListDepartmentsAsync(HttpContext context, TerritoryQueries reading, TerritoryValidator check, CancellationToken cancellationToken)
    {
        var question = new TerritoryQuery();
        List<StatedCode> places = [];
        if (Operation.Query(context).One(InRegion.Name) is { } region)
        {
            places.Add(new StatedCode(TerritoryKind.Region, region, InRegion.Name));
            question.Conditions.Add($"c.region_code = {question.Add(region)}");
        }

        return await RefuseAsync(check, places, cancellationToken)
            ?? await ListAsync<Department>(context, reading, TerritoryKind.Department, question, [InRegion.Name], cancellationToken);
    }

    private static Task<IResult> ListRegionsAsync(HttpContext context, TerritoryQueries reading, CancellationToken cancellationToken) =>
        ListAsync<Region>(context, reading, TerritoryKind.Region, new TerritoryQuery(), [], cancellationToken);

    private static async Task<IResult> GetCommuneAsync(HttpContext context, string commune, TerritoryQueries reading, TerritoryValidator check, PublishedDbContext published, CancellationToken cancellationToken) =>
        await OneAsync<Commune>(context, reading, TerritoryKind.Commune, commune, cancellationToken)
        ?? Absent(commune, await PostcodeAsync(published, commune, cancellationToken)
            ?? await ByNameAsync(reading, commune, cancellationToken)
            ?? await check.UnknownAsync(TerritoryKind.Commune, commune, cancellationToken), "commune");

    private static Task<IResult> GetEpciAsync(HttpContext context, string siren, TerritoryQueries reading, TerritoryValidator check, CancellationToken cancellationToken) =>
        GetAsync<Epci>(context, reading, check, TerritoryKind.Epci, siren, "siren", cancellationToken);

    private static Task<IResult> GetDepartmentAsync(HttpContext context, string department, TerritoryQueries reading, TerritoryValidator check, CancellationToken cancellationToken) =>
        GetAsync<Department>(context, reading, check, TerritoryKind.Department, department, "department", cancellationToken);

    private static Task<IResult> GetRegionAsync(HttpContext context, string region, TerritoryQueries reading, TerritoryValidator check, CancellationToken cancellationToken) =>
        GetAsync<Region>(context, reading, check, TerritoryKind.Region, region, "region", cancellationToken);

    private static async Task<IResult> GetAsync<T>(
        HttpContext context, TerritoryQueries reading, TerritoryValidator check, TerritoryKind kind, string code, string parameter, CancellationToken cancellationToken)
        where T : class =>
        await OneAsync<T>(context, reading, kind, code, cancellationToken)
        ?? Absent(code, await check.UnknownAsync(kind, code, cancellationToken), parameter);

    private static async Task<IResult?> OneAsync<T>(HttpContext context, TerritoryQueries reading, TerritoryKind kind, string code, CancellationToken cancellationToken)
        where T : class
    {
        // Before the territory: were something written in between, the ETag would only be too old.
        var stand = await reading.GetVersionAsync(cancellationToken);
        var tag = EntityTags.OfAnswer(stand.Stamp, $"{context.Request.Path}{context.Request.QueryString}");
        if (code.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        return await reading.FindAsync<T>(kind, code, cancellationToken) is { } found
            ? new ResourceAnswer<T>(found, tag, stand.At) { Fields = FieldSelection.From(Operation.Query(context)) }
            : null;
    }

    private static async Task<IResult> ListAsync<T>(
        HttpContext context, TerritoryQueries reading, TerritoryKind kind, TerritoryQuery question, string[] filters, CancellationToken cancellationToken)
        where T : class
    {
        var query = Operation.Query(context);
        var (page, refusal) = PageRequest.From(context, query, ByName, filters);
        if (refusal is not null)
        {
            return refusal;
        }

        var stand = await reading.GetVersionAsync(cancellationToken);
        var tag = EntityTags.OfAnswer(stand.Stamp, $"{context.Request.Path}{context.Request.QueryString}");
        if (EntityTags.IsHeld(context.Request, tag))
        {
            return new NotModifiedAnswer(tag);
        }

        var total = question.ForTotal();
        var rows = await reading.ListAsync<T>(kind, question, page.After?.Key, page.Limit, cancellationToken);
        var next = rows.Count > page.Limit ? new Cursor(rows[page.Limit - 1].Key, Guid.Empty, Guid.Empty).Write(page.Question) : null;
        return new PageAnswer<T>(
            [.. rows.Take(page.Limit).Select(row => row.Resource)],
            new PageInformation
            {
                Size = page.Limit,
                Next = next,
                Total = (int)(rows.Count > 0 ? rows[0].Total : page.After is null ? 0 : await reading.CountAsync(kind, total, cancellationToken)),
            },
            FieldSelection.From(query),
            tag,
            stand.At);
    }

    private static IEnumerable<QueryParameter> PagingOf(JsonTypeInfo record) => PageRequest.ParametersFor(record, ByName).Where(parameter => parameter.Name != "sort");

    private static async Task<Refusal?> RefuseAsync(TerritoryValidator check, IReadOnlyList<StatedCode> places, CancellationToken cancellationToken)
    {
        var violations = await check.CheckAsync(places, cancellationToken);
        return violations.Count == 0 ? null : Refusal.BadParameters([.. violations.Select(violation => violation with { Parameter = violation.Pointer, Pointer = null })]);
    }

    private static Violation? Malformed(string value, Func<string, bool> isWellFormed, string type) =>
        isWellFormed(value) ? null : new Violation("malformed-territory-code", [value, type]) { Value = value };

    private static Refusal Absent(string code, Violation violation, string parameter) =>
        Refusal.NotFound(code) with { Errors = [violation with { Parameter = parameter }] };

    /// <summary>What is no commune's code may be a postcode.</summary>
    public static async Task<Violation?> PostcodeAsync(PublishedDbContext published, string code, CancellationToken cancellationToken)
    {
        if (!TextFormat.Of(PatternKind.Postcode).Expression.IsMatch(code))
        {
            return null;
        }

        var communes = await published.Database.SqlQuery<Place>(
            $"""
            select code as "Code", name as "Name" from published.reference_commune
            where postcodes @> array[{code}] and type in ('commune', 'municipal-arrondissement')
            order by population desc nulls last, code limit 10
            """).ToListAsync(cancellationToken);
        return communes is [var first, ..]
            ? new Violation("postcode-not-commune", [code, string.Join(", ", communes.Select(commune => $"{commune.Name} {commune.Code}"))]) { Value = code, Closest = first.Code }
            : null;
    }

    /// <summary>What is no code at all may be a name.</summary>
    private static async Task<Violation?> ByNameAsync(TerritoryQueries reading, string name, CancellationToken cancellationToken)
    {
        if (!name.Any(char.IsLetter) || TextFormat.Of(PatternKind.CommuneCode).Expression.IsMatch(name) || name.Length > 100 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var question = new TerritoryQuery();
        question.Search(name);
        var found = await reading.ListAsync<Commune>(TerritoryKind.Commune, question, null, 1, cancellationToken);
        return found.Count == 0 ? null : new Violation("malformed-commune-code", [name]) { Value = name, Closest = found[0].Resource.Code };
    }
}
