using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Model.Validation;
using Npgsql;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>A council in which a contact of some id is, or was; then nobody sees it.</summary>
internal sealed record ContactLocation(Guid Contact, Guid CouncilId, string Council, string? Visibility)
{
    public static readonly QueryParameter CouncilParameter = new TextParameter(
        "council", 80, "Code of the council, where contacts of several councils have this id.")
    {
        Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
    };

    public bool IsPublic => Visibility == "public";

    public TenantInfo Tenant => new(CouncilId, Council);

    /// <summary>The one place that the caller can mean, among those of which it may know; or the answer where there is none, or several.</summary>
    public static async Task<Result<ContactLocation>> FindAsync(
        HttpContext context, string id, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (!ResourceId.Parse(id).TryGet(out var contact, out var malformed))
        {
            return malformed;
        }

        var council = ParsedQuery.Of(context).GetValue(CouncilParameter.Name);
        var caller = context.User;
        var known = (await ContactLocationQueries.FindAsync(database, contact, cancellationToken))
            .Where(place => (council is null || place.Council == council)
                && (place.Visibility is null or "public"
                    || caller.CanEdit(place.CouncilId)
                    || (place.Visibility == "partners" && caller.RestrictedRegions().Count > 0)))
            .ToList();

        // What is there goes before what was, and one's own before what is others'.
        var best = known
            .GroupBy(place => (place.Visibility is null, !caller.CanEdit(place.CouncilId)))
            .OrderBy(group => group.Key)
            .FirstOrDefault()?.ToList() ?? [];
        return best.Count switch
        {
            0 => ApiProblem.NotFound(id),
            1 => best[0],
            _ => ApiProblem.BadParameters(
            [
                new ValidationError("missing-parameter", [CouncilParameter.Name]) { Parameter = CouncilParameter.Name },
            ]),
        };
    }
}
