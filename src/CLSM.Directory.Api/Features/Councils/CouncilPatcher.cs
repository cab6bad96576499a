using System.Text.Json;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Results;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Applies a merge patch to the council that was entered.</summary>
internal sealed class CouncilPatcher(
    CouncilDbContext database, TenantContext tenant, TerritoryValidator territories, SuccessionValidator succession)
{
    public async Task<IResult> ApplyAsync(
        CouncilTransaction transaction, Precondition precondition, JsonElement patch, bool isAdministrator, CancellationToken cancellationToken)
    {
        if (transaction.Council is not { } row)
        {
            return Refusal.NotFound(tenant.Current.Identifier);
        }

        if (precondition.Check(row.Version) is { } stale)
        {
            return stale;
        }

        var merged = EvidencePatch.Apply(JsonSerializer.SerializeToElement(row.ToCouncil(), ModelJsonContext.Instance.Council), patch);
        var (council, invalid) = CouncilRoutes.Check(merged, row);
        if (invalid is not null)
        {
            return invalid;
        }

        var organisations = await transaction.GetOrganisationsAsync(cancellationToken);
        List<Violation> unresolved =
        [
            .. organisations.Check(merged, JsonShapeValidator.Validate(merged, ModelJsonContext.Instance.Council).References),
            .. await territories.CheckAsync(council!, cancellationToken),
            .. await succession.CheckAsync(council!, row.Id, DocumentWriteOptions.None.Alongside, cancellationToken),
            .. await transaction.CheckRulesAsync(merged, cancellationToken),
        ];
        if (unresolved.Count > 0)
        {
            return Refusal.InvalidContent(unresolved);
        }

        if (row.Statement.GetSourceIds().Except(council!.GetSourceIds()).Any()
            && await CitedSourcesValidator.CheckAsync(database, row.Id, council!.GetSourceIds(), cancellationToken) is { Count: > 0 } cited)
        {
            return Refusal.InvalidContent(cited);
        }

        // A test council is named by its code, which must stay.
        if (council!.Code != row.Code && (!isAdministrator || tenant.IsTest))
        {
            return new Refusal(StatusCodes.Status403Forbidden, "forbidden");
        }

        var completed = ReferenceCompletion.Of(council, reference => organisations.Find(reference)!);
        var statement = completed with { Id = null, Version = null, CreatedAt = null, UpdatedAt = null };
        if (!StatementJson.Same(row.Statement, statement))
        {
            row.Statement = statement;
            row.Code = council.Code;
        }

        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Refusal(StatusCodes.Status409Conflict, "code-taken", council.Code);
        }

        return new JsonResult<Council>(row.ToCouncil(), EntityTags.OfVersion(row.Version), row.UpdatedAt);
    }
}
