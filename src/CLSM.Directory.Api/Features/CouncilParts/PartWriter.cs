using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Idempotency;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Features.CouncilParts;

/// <summary>Creates, replaces, patches and removes parts of any kind in the council that was entered.</summary>
internal sealed class PartWriter(
    CouncilDbContext database,
    PublishedDbContext published,
    TenantContext tenant,
    PartTypeCatalogue types,
    IEnumerable<IPartRemovalHandler> removals,
    CouncilTransactions transactions,
    TerritoryValidator territories)
{
    public async Task<IResult> CreateAsync<TPart>(PartType type, HttpContext context, CancellationToken cancellationToken)
        where TPart : CouncilPart
    {
        if (!(await JsonBodyReader.ReadAsync(context.Request, MediaTypes.Json, cancellationToken)).TryGet(out var body, out var unreadable))
        {
            return unreadable;
        }

        return await transactions.RunAsync(new() { Participant = IdempotentWrite.Of(context) }, CreateInAsync, cancellationToken);

        async Task<IResult> CreateInAsync(CouncilTransaction transaction)
        {
            if (!(await CheckAsync(type, body, null, transaction, cancellationToken)).TryGet(out var part, out var invalid))
            {
                return invalid;
            }

            var row = type.NewRow(transaction.Council!.Id, part, Guid.CreateVersion7());
            database.Add(row);
            await transaction.SaveAsync(cancellationToken);
            var location = $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{row.Id}";
            var created = Stored<TPart>(row, StatusCodes.Status201Created, location);
            await transaction.CommitAsync(created, cancellationToken);
            return created;
        }
    }

    public Task<IResult> ReplaceAsync<TPart>(PartType type, HttpContext context, string id, CancellationToken cancellationToken)
        where TPart : CouncilPart =>
        ChangeAsync<TPart>(type, context, id, MediaTypes.Json, (_, body) => body, cancellationToken);

    public Task<IResult> PatchAsync<TPart>(PartType type, HttpContext context, string id, CancellationToken cancellationToken)
        where TPart : CouncilPart =>
        ChangeAsync<TPart>(
            type,
            context,
            id,
            MediaTypes.MergePatch,
            (present, patch) => EvidencePatch.Apply(JsonSerializer.SerializeToElement(PartOf<TPart>(present), type.Record), patch),
            cancellationToken);

    public async Task<IResult> RemoveAsync(PartType type, HttpContext context, string id, CancellationToken cancellationToken)
    {
        if (!ResourceId.Parse(id).TryGet(out var partId, out var malformed))
        {
            return malformed;
        }

        if (!IfMatch.Read(context.Request).TryGet(out var precondition, out var missing))
        {
            return missing;
        }

        var reason = ParsedQuery.Of(context).GetValue(PartRoutes.RemovalReason.Name);
        var handler = removals.FirstOrDefault(candidate => candidate.Handles(type, reason));
        var result = await transactions.RunAsync(
            new() { RemovalReason = reason },
            transaction => RemoveAsync(transaction, type, partId, precondition, handler, cancellationToken),
            cancellationToken);
        if (result is NoContent)
        {
            handler?.OnCommitted();
        }

        return result;
    }

    private async Task<IResult> RemoveAsync(
        CouncilTransaction transaction,
        PartType type,
        Guid partId,
        IfMatch precondition,
        IPartRemovalHandler? handler,
        CancellationToken cancellationToken)
    {
        var row = await FindAsync(type, partId, cancellationToken);
        if (row is null)
        {
            return await Removals.FindAsync(published, tenant.Current.Id, type.Names.Type, partId, cancellationToken);
        }

        if (precondition.Check(row.Version) is { } stale)
        {
            return stale;
        }

        if (await type.OnRemovingAsync(new PartContext(database, transaction.Council!, types), row, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (handler is null)
        {
            database.Remove(row);
        }
        else
        {
            await handler.RemoveAsync(transaction, partId, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private async Task<IResult> ChangeAsync<TPart>(
        PartType type,
        HttpContext context,
        string id,
        string mediaType,
        Func<PartRow, JsonElement, JsonElement> restate,
        CancellationToken cancellationToken)
        where TPart : CouncilPart
    {
        if (!ResourceId.Parse(id).TryGet(out var partId, out var malformed))
        {
            return malformed;
        }

        if (!IfMatch.Read(context.Request).TryGet(out var precondition, out var missing))
        {
            return missing;
        }

        if (!(await JsonBodyReader.ReadAsync(context.Request, mediaType, cancellationToken)).TryGet(out var body, out var unreadable))
        {
            return unreadable;
        }

        return await transactions.RunAsync(
            CouncilTransactionOptions.None,
            transaction => ChangeAsync<TPart>(transaction, type, partId, precondition, row => restate(row, body), cancellationToken),
            cancellationToken);
    }

    private async Task<IResult> ChangeAsync<TPart>(
        CouncilTransaction transaction,
        PartType type,
        Guid partId,
        IfMatch precondition,
        Func<PartRow, JsonElement> restate,
        CancellationToken cancellationToken)
        where TPart : CouncilPart
    {
        var row = await FindAsync(type, partId, cancellationToken);
        if (row is null)
        {
            return await Removals.FindAsync(published, tenant.Current.Id, type.Names.Type, partId, cancellationToken);
        }

        if (precondition.Check(row.Version) is { } stale)
        {
            return stale;
        }

        if (!(await CheckAsync(type, restate(row), row, transaction, cancellationToken)).TryGet(out var part, out var invalid))
        {
            return invalid;
        }

        var formerName = row.Name;
        if (type.Update(row, part) && part.Title != formerName)
        {
            await type.OnRenamedAsync(new PartContext(database, transaction.Council!, types), row.Id, part.Title, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return Stored<TPart>(row, StatusCodes.Status200OK, null);
    }

    /// <summary>The part that a body states, with its references resolved; or everything that is wrong with it.</summary>
    private async Task<Result<CouncilPart>> CheckAsync(
        PartType type, JsonElement body, PartRow? present, CouncilTransaction transaction, CancellationToken cancellationToken)
    {
        if (transaction.Council is null)
        {
            return ApiProblem.NotFound(tenant.Current.Identifier);
        }

        var shape = JsonShapeValidator.Validate(body, type.Record);
        if (shape.Errors.Count > 0)
        {
            return ApiProblem.InvalidContent(shape.Errors);
        }

        var part = type.Read(body);
        var organisations = await transaction.GetOrganisationsAsync(cancellationToken);
        List<ValidationError> errors =
        [
            .. ReadOnlyErrors(part, present)
                .Concat(type.Check(part, transaction.Council.Statement.GetSourceIds()))
                .Concat(organisations.Check(body, shape.References))
                .Take(ValidationError.MaxErrors),
            .. await territories.CheckAsync(part, cancellationToken),
            .. await transaction.CheckRulesAsync(body, cancellationToken),
        ];
        if (errors.Count > 0)
        {
            return ApiProblem.InvalidContent(errors);
        }

        return await FindConflictAsync(type, part, present?.Id, transaction.Council, cancellationToken) is { } taken
            ? taken
            : OrganisationReferences.Of(part, reference => organisations.Find(reference)!);
    }

    private async Task<ApiProblem?> FindConflictAsync(
        PartType type, CouncilPart part, Guid? self, CouncilRow council, CancellationToken cancellationToken)
    {
        var key = part.NaturalKey;
        var same = type.Rows(database).Where(row => row.CouncilId == council.Id && row.NaturalKey == key && row.Id != self);
        return await same.AnyAsync(cancellationToken)
            ? new ApiProblem(StatusCodes.Status409Conflict, "already-exists", part.Title)
            : await type.FindConflictAsync(new PartContext(database, council, types), part, self, cancellationToken);
    }

    /// <summary>What the directory keeps may be sent back as it was read, never otherwise.</summary>
    private IEnumerable<ValidationError> ReadOnlyErrors(CouncilPart part, PartRow? present)
    {
        (string Name, bool IsKept)[] members =
        [
            ("id", part.Id is null || part.Id == present?.Id),
            ("council", part.Council is null || part.Council == tenant.Current.Identifier),
            ("version", part.Version is null || part.Version == present?.Version),
            ("createdAt", part.CreatedAt is null || part.CreatedAt == present?.CreatedAt),
            ("updatedAt", part.UpdatedAt is null || part.UpdatedAt == present?.UpdatedAt),
        ];
        return members.Where(member => !member.IsKept).Select(member => new ValidationError("read-only", [member.Name]) { Pointer = $"/{member.Name}" });
    }

    private Task<PartRow?> FindAsync(PartType type, Guid id, CancellationToken cancellationToken)
    {
        var council = tenant.Current.Id;
        return type.Rows(database).SingleOrDefaultAsync(row => row.CouncilId == council && row.Id == id, cancellationToken);
    }

    private TPart PartOf<TPart>(PartRow row)
        where TPart : CouncilPart =>
        (TPart)row.ToModel(tenant.Current.Identifier);

    private JsonResult<TPart> Stored<TPart>(PartRow row, int status, string? location)
        where TPart : CouncilPart =>
        new(PartOf<TPart>(row), ETags.ForVersion(row.Version), row.UpdatedAt) { Status = status, Location = location, ResourceId = row.Id };
}
