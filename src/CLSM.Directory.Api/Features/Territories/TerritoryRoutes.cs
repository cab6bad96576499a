using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Api.Features.Territories;

/// <summary>Communes, EPCI, départements and regions, with the councils that cover them: <c>/v1/territories</c>.</summary>
internal static class TerritoryRoutes
{
    private static readonly string[] CommuneTypes = ["commune", "municipal-arrondissement", "delegated-commune", "associated-commune", "former-commune"];

    private static readonly QueryParameter Words = new TextParameter("q", 100, "Words of the name, or their beginnings; accents, case and hyphens do not matter. Names that begin so come first.");
    private static readonly QueryParameter InDepartment = new TextParameter("department", 3, "Only those of this département, by its code.") { Rule = value => Malformed(value, CodeOfDepartment, "department") };
    private static readonly QueryParameter InEpci = new TextParameter("epci", 9, "Only those of this EPCI, by its SIREN.") { Rule = value => Malformed(value, CodeOfEpci, "epci") };
    private static readonly QueryParameter OfType = new ChoiceParameter("type", CommuneTypes, null, "Only these kinds; all without it, former communes among them.") { IsList = true };
    private static readonly QueryParameter InRegion = new TextParameter("region", 3, "Only those of this region, by its code.") { Rule = value => Malformed(value, CodeOfDepartment, "region") };

    private static Func<string, bool> CodeOfDepartment => code => code.Length is 2 or 3 && code.All(char.IsAsciiLetterOrDigit);

    private static Func<string, bool> CodeOfEpci => TextFormat.Of(PatternKind.Siren).Expression.IsMatch;

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/territories/communes", ListCommunesAsync)
            .WithMetadata(new EndpointContract { Parameters = [Words, InDepartment, InEpci, OfType, .. PageRequest.ParametersFor(GeographyJsonContext.Instance.Commune)] })
            .WithName("listCommunes").WithTags("Territories")
            .WithSummary("Find communes, and the councils that cover them")
            .WithDescription("Communes, municipal arrondissements, and delegated, associated and former communes, in order of name; with `q`, the closest names first. "
                + "`councils` is an empty list where no council covers one.")
            .Produces<Page<Commune>>();

        v1.MapGet("/territories/communes/{commune}", GetCommuneAsync)
            .WithMetadata(new EndpointContract { Parameters = [FieldSelection.ParameterFor(GeographyJsonContext.Instance.Commune)] })
            .WithName("getCommune").WithTags("Territories")
            .WithSummary("Which councils cover a commune")
            .WithDescription("By INSEE code. A former code, or that of a delegated or associated commune, answers under its own name, with the `current` commune and its councils. "
                + "For a postcode, the answer (404) names the communes that have it.")
            .Produces<Commune>();

        v1.MapGet("/territories/epci/{siren}", GetEpciAsync)
            .WithMetadata(new EndpointContract { Parameters = [FieldSelection.ParameterFor(GeographyJsonContext.Instance.Epci)] })
            .WithName("getEpci").WithTags("Territories")
            .WithSummary("Which councils cover an EPCI")
            .WithDescription("By SIREN. A council covers it whole where it covers each of its communes whole.")
            .Produces<Epci>();

        v1.MapGet("/territories/departments", ListDepartmentsAsync)
            .WithMetadata(new EndpointContract { Parameters = [InRegion, .. PageRequest.ParametersFor(GeographyJsonContext.Instance.Department)] })
            .WithName("listDepartments").WithTags("Territories")
            .WithSummary("List the départements, and the councils that cover them")
            .WithDescription("Départements and overseas collectivities in order of code.")
            .Produces<Page<Department>>();

        v1.MapGet("/territories/departments/{department}", GetDepartmentAsync)
            .WithMetadata(new EndpointContract { Parameters = [FieldSelection.ParameterFor(GeographyJsonContext.Instance.Department)] })
            .WithName("getDepartment").WithTags("Territories")
            .WithSummary("Which councils cover a département")
            .WithDescription("By code. A council covers it whole where it covers each of its communes whole.")
            .Produces<Department>();

        v1.MapGet("/territories/regions", ListRegionsAsync)
            .WithMetadata(new EndpointContract { Parameters = PageRequest.ParametersFor(GeographyJsonContext.Instance.Region) })
            .WithName("listRegions").WithTags("Territories")
            .WithSummary("List the regions, and the councils that cover them")
            .WithDescription("Regions with their health agency (ARS), in order of code. Overseas collectivities stand for their own region.")
            .Produces<Page<Region>>();

        v1.MapGet("/territories/regions/{region}", GetRegionAsync)
            .WithMetadata(new EndpointContract { Parameters = [FieldSelection.ParameterFor(GeographyJsonContext.Instance.Region)] })
            .WithName("getRegion").WithTags("Territories")
            .WithSummary("Which councils cover a region")
            .WithDescription("By code, with its health agency (ARS).")
            .Produces<Region>();
    }

    private static async Task<IResult> ListCommunesAsync(
        HttpContext context, TerritoryQueries territories, TerritoryValidator validator, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        var filters = new TerritoryQuery
        {
            Words = query.GetValue(Words.Name),
            Department = query.GetValue(InDepartment.Name),
            Epci = query.GetValue(InEpci.Name),
            Types = query.GetValues(OfType.Name),
        };
        return await FindUnknownAsync(query, [(InDepartment, TerritoryKind.Department), (InEpci, TerritoryKind.Epci)], validator, cancellationToken)
            ?? await ListAsync<Commune>(
                context, territories, TerritoryKind.Commune, filters, [Words, InDepartment, InEpci, OfType], cancellationToken);
    }

    private static async Task<IResult> ListDepartmentsAsync(
        HttpContext context, TerritoryQueries territories, TerritoryValidator validator, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        var filters = new TerritoryQuery { Region = query.GetValue(InRegion.Name) };
        return await FindUnknownAsync(query, [(InRegion, TerritoryKind.Region)], validator, cancellationToken)
            ?? await ListAsync<Department>(context, territories, TerritoryKind.Department, filters, [InRegion], cancellationToken);
    }

    private static Task<IResult> ListRegionsAsync(HttpContext context, TerritoryQueries territories, CancellationToken cancellationToken) =>
        ListAsync<Region>(context, territories, TerritoryKind.Region, new TerritoryQuery(), [], cancellationToken);

    private static async Task<IResult> GetCommuneAsync(
        HttpContext context, string commune, TerritoryQueries territories, TerritoryValidator validator, CancellationToken cancellationToken) =>
        await FindAsync<Commune>(context, territories, TerritoryKind.Commune, commune, cancellationToken)
        ?? NotFound(commune, "commune", await validator.FindPostcodeAsync(commune, cancellationToken)
            ?? await FindNameAsync(territories, commune, cancellationToken)
            ?? await validator.UnknownAsync(TerritoryKind.Commune, commune, cancellationToken));

    private static Task<IResult> GetEpciAsync(
        HttpContext context, string siren, TerritoryQueries territories, TerritoryValidator validator, CancellationToken cancellationToken) =>
        GetAsync<Epci>(context, territories, validator, TerritoryKind.Epci, siren, "siren", cancellationToken);

    private static Task<IResult> GetDepartmentAsync(
        HttpContext context, string department, TerritoryQueries territories, TerritoryValidator validator, CancellationToken cancellationToken) =>
        GetAsync<Department>(context, territories, validator, TerritoryKind.Department, department, "department", cancellationToken);

    private static Task<IResult> GetRegionAsync(
        HttpContext context, string region, TerritoryQueries territories, TerritoryValidator validator, CancellationToken cancellationToken) =>
        GetAsync<Region>(context, territories, validator, TerritoryKind.Region, region, "region", cancellationToken);

    private static async Task<IResult> GetAsync<T>(
        HttpContext context,
        TerritoryQueries territories,
        TerritoryValidator validator,
        TerritoryKind kind,
        string code,
        string parameter,
        CancellationToken cancellationToken)
        where T : class =>
        await FindAsync<T>(context, territories, kind, code, cancellationToken)
        ?? NotFound(code, parameter, await validator.UnknownAsync(kind, code, cancellationToken));

    /// <summary>The territory of a code; null where there is none.</summary>
    private static async Task<IResult?> FindAsync<T>(
        HttpContext context, TerritoryQueries territories, TerritoryKind kind, string code, CancellationToken cancellationToken)
        where T : class
    {
        var version = await territories.GetVersionAsync(cancellationToken);

        // PostgreSQL has no text with a NUL.
        if (code.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        return await territories.FindAsync<T>(kind, code, cancellationToken) is { } found
            ? new JsonResult<T>(found, version.ETagFor(context.Request), version.ChangedAt) { Fields = FieldSelection.From(ParsedQuery.Of(context)) }
            : null;
    }

    private static async Task<IResult> ListAsync<T>(
        HttpContext context,
        TerritoryQueries territories,
        TerritoryKind kind,
        TerritoryQuery filters,
        IReadOnlyList<QueryParameter> parameters,
        CancellationToken cancellationToken)
        where T : class
    {
        var query = ParsedQuery.Of(context);
        if (!PageRequest.Read(context, query, [kind.Sort], parameters).TryGet(out var request, out var problem))
        {
            return problem;
        }

        var version = await territories.GetVersionAsync(cancellationToken);
        var etag = version.ETagFor(context.Request);
        if (ETags.Matches(context.Request, etag))
        {
            return new NotModifiedResult(etag);
        }

        var page = await territories.ListAsync<T>(kind, filters, request, cancellationToken);
        return PageResult.From(page, FieldSelection.From(query), etag, version.ChangedAt);
    }

    /// <summary>The problem of filters that name territories which do not exist; null where all exist.</summary>
    private static async Task<ApiProblem?> FindUnknownAsync(
        ParsedQuery query,
        IReadOnlyList<(QueryParameter Parameter, TerritoryKind Kind)> filters,
        TerritoryValidator validator,
        CancellationToken cancellationToken)
    {
        List<StatedCode> codes =
        [
            .. from filter in filters
               let code = query.GetValue(filter.Parameter.Name)
               where code is not null
               select new StatedCode(filter.Kind, code, filter.Parameter.Name),
        ];
        var errors = await validator.CheckAsync(codes, cancellationToken);
        return errors.Count == 0
            ? null
            : ApiProblem.BadParameters([.. errors.Select(error => error with { Parameter = error.Pointer, Pointer = null })]);
    }

    private static ValidationError? Malformed(string value, Func<string, bool> isWellFormed, string type) =>
        isWellFormed(value) ? null : new ValidationError("malformed-territory-code", [value, type]) { Value = value };

    private static ApiProblem NotFound(string code, string parameter, ValidationError error) =>
        ApiProblem.NotFound(code) with { Errors = [error with { Parameter = parameter }] };

    /// <summary>What is no code at all may be the name of a commune.</summary>
    private static async Task<ValidationError?> FindNameAsync(TerritoryQueries territories, string name, CancellationToken cancellationToken)
    {
        if (!name.Any(char.IsLetter)
            || TextFormat.Of(PatternKind.CommuneCode).Expression.IsMatch(name)
            || name.Length > 100
            || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var found = await territories.FirstAsync<Commune>(TerritoryKind.Commune, new TerritoryQuery { Words = name }, 1, cancellationToken);
        return found is [var closest] ? new ValidationError("malformed-commune-code", [name]) { Value = name, Closest = closest.Code } : null;
    }
}
