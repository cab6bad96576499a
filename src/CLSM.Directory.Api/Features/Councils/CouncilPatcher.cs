using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Applies a merge patch to the council that was entered.</summary>
internal sealed class CouncilPatcher(
    CouncilDbContext database, TenantContext tenant, TerritoryValidator territories, SuccessionValidator succession)
{
    public async Task<IResult> ApplyAsync(
        CouncilTransaction transaction, IfMatch precondition, JsonElement patch, bool isAdministrator, CancellationToken cancellationToken)
    {
        if (transaction.Council is not { } row)
        {
            return ApiProblem.NotFound(tenant.Current.Identifier);
        }

        if (precondition.Check(row.Version) is { } stale)
        {
            return stale;
        }

        var merged = EvidencePatch.Apply(JsonSerializer.SerializeToElement(row.ToCouncil(), ModelJsonContext.Instance.Council), patch);
        if (!CouncilRoutes.Check(merged, row).TryGet(out var council, out var invalid))
        {
            return invalid;
        }

        var organisations = await transaction.GetOrganisationsAsync(cancellationToken);
        List<ValidationError> unresolved =
        [
            .. organisations.Check(merged, JsonShapeValidator.Validate(merged, ModelJsonContext.Instance.Council).References),
            .. await territories.CheckAsync(council!, cancellationToken),
            .. await succession.CheckAsync(council!, row.Id, DocumentWriteOptions.None.Alongside, cancellationToken),
            .. await transaction.CheckRulesAsync(merged, cancellationToken),
        ];
        if (unresolved.Count > 0)
        {
            return ApiProblem.InvalidContent(unresolved);
        }

        if (row.Statement.GetSourceIds().Except(council!.GetSourceIds()).Any()
            && await CitedSourcesValidator.CheckAsync(database, row.Id, council!.GetSourceIds(), cancellationToken) is { Count: > 0 } cited)
        {
            return ApiProblem.InvalidContent(cited);
        }

        // A test council is named by its code, which must stay.
        if (council!.Code != row.Code && (!isAdministrator || tenant.IsTest))
        {
            return new ApiProblem(StatusCodes.Status403Forbidden, "forbidden");
        }

        var completed = OrganisationReferences.Of(council, reference => organisations.Find(reference)!);
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
            return new ApiProblem(StatusCodes.Status409Conflict, "code-taken", council.Code);
        }

        return new JsonResult<Council>(row.ToCouncil(), ETags.ForVersion(row.Version), row.UpdatedAt);
    }
}
