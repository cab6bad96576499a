using System.Text.Json;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Objections;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.Retries;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Parts;

/// <summary>Creates, replaces, patches and removes parts of any kind in the council that was entered.</summary>
internal sealed class PartWriter(CouncilDbContext database, PublishedDbContext published, TenantContext tenant, TerritoryValidator territories, ObjectedPersons objected, ObjectionWriter objections, ErasureFinish finish, KeptAnswers answers)
{
    public async Task<IResult> CreateAsync<TPart>(PartSlice slice, HttpContext context, CancellationToken cancellationToken)
        where TPart : CouncilPart
    {
        var (body, unreadable) = await RequestBody.ReadAsync(context.Request, MediaTypes.Json, cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        await using var work = await CouncilWork.BeginAsync(database, tenant, null, cancellationToken, answers);
        var (part, invalid) = await CheckAsync(slice, body, null, work, cancellationToken);
        if (invalid is not null)
        {
            return invalid;
        }

        var row = slice.NewRow(work.Council!.Id, part!, Guid.CreateVersion7());
        database.Add(row);
        ResourceAnswer<TPart> Answer() => Stored<TPart>(row, StatusCodes.Status201Created, $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{row.Id}");
        await work.CommitAsync(cancellationToken, () => Answer().Keep() with { Resource = row.Id });
        return Answer();
    }

    public Task<IResult> ReplaceAsync<TPart>(PartSlice slice, HttpContext context, string id, CancellationToken cancellationToken)
        where TPart : CouncilPart =>
        ChangeAsync<TPart>(slice, context, id, MediaTypes.Json, (_, body) => body, cancellationToken);

    public Task<IResult> PatchAsync<TPart>(PartSlice slice, HttpContext context, string id, CancellationToken cancellationToken)
        where TPart : CouncilPart =>
        ChangeAsync<TPart>(slice, context, id, MediaTypes.MergePatch, (present, patch) => EvidencePatch.Apply(ToJson(PartOf<TPart>(present)), patch), cancellationToken);

    public async Task<IResult> RemoveAsync(PartSlice slice, HttpContext context, string id, CancellationToken cancellationToken)
    {
        var (partId, refusal) = PartReader.ParseId(id);
        var (precondition, missing) = Precondition.Read(context.Request);
        if ((refusal ?? missing) is { } early)
        {
            return early;
        }

        var reason = Operation.Query(context).One(PartRoutes.RemovalReason.Name);
        await using var work = await CouncilWork.BeginAsync(database, tenant, reason, cancellationToken);
        var row = await FindAsync(slice, partId, cancellationToken);
        if (row is null)
        {
            return await PartReader.AbsentAsync(published, tenant.Current.Id, slice.Names.Type, partId, cancellationToken);
        }

        if (precondition.Check(row.Version) is { } stale)
        {
            return stale;
        }

        var council = tenant.Current.Id;
        if (row is OrganisationRow && await database.OrganisationReferences.CountAsync(reference => reference.CouncilId == council && reference.OrganisationId == partId, cancellationToken) is > 0 and var uses)
        {
            return new Refusal(StatusCodes.Status409Conflict, "organisation-in-use", row.Name, uses);
        }

        if (row is ContactRow && reason == ObjectionWriter.Reason)
        {
            await objections.WithdrawAsync(work, partId, cancellationToken);
            await work.CommitAsync(cancellationToken);
            finish.Ask();
            return TypedResults.NoContent();
        }

        database.Remove(row);
        await work.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private async Task<IResult> ChangeAsync<TPart>(
        PartSlice slice, HttpContext context, string id, string mediaType, Func<PartRow, JsonElement, JsonElement> restate, CancellationToken cancellationToken)
        where TPart : CouncilPart
    {
        var (partId, refusal) = PartReader.ParseId(id);
        var (precondition, missing) = Precondition.Read(context.Request);
        if ((refusal ?? missing) is { } early)
        {
            return early;
        }

        var (body, unreadable) = await RequestBody.ReadAsync(context.Request, mediaType, cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        await using var work = await CouncilWork.BeginAsync(database, tenant, null, cancellationToken);
        var row = await FindAsync(slice, partId, cancellationToken);
        if (row is null)
        {
            return await PartReader.AbsentAsync(published, tenant.Current.Id, slice.Names.Type, partId, cancellationToken);
        }

        if (precondition.Check(row.Version) is { } stale)
        {
            return stale;
        }

        var (part, invalid) = await CheckAsync(slice, restate(row, body), row, work, cancellationToken);
        if (invalid is not null)
        {
            return invalid;
        }

        var formerName = row.Name;
        if (row.Restate(part!) && row is OrganisationRow && part!.Title != formerName)
        {
            await RenameInReferrersAsync(row.Id, part.Title, work.Council!, cancellationToken);
        }

        await work.CommitAsync(cancellationToken);
        return Stored<TPart>(row, StatusCodes.Status200OK, null);
    }

    /// <summary>The part that a body states, with its references resolved; or everything that is wrong with it.</summary>
    private async Task<(CouncilPart? Part, Refusal? Refusal)> CheckAsync(
        PartSlice slice, JsonElement body, PartRow? present, CouncilWork work, CancellationToken cancellationToken)
    {
        if (work.Council is null)
        {
            return (null, Refusal.NotFound(tenant.Current.Identifier));
        }

        var shape = ShapeCheck.Of(body, slice.Record);
        if (shape.Violations.Count > 0)
        {
            return (null, Refusal.InvalidContent(shape.Violations));
        }

        var part = slice.Read(body);
        var organisations = await work.OrganisationsAsync(cancellationToken);
        List<Violation> violations =
        [
            .. ReadOnlyViolations(part, present)
                .Concat(slice.Check(part, DocumentCheck.SourcesOf(work.Council.Statement)))
                .Concat(organisations.Check(body, shape.References))
                .Take(Refusal.MostErrors),
            .. await territories.CheckAsync(part, cancellationToken),
            .. (await objected.OfAsync(work.Council.Id, cancellationToken))?.Check(body) ?? [],
        ];
        if (violations.Count > 0)
        {
            return (null, Refusal.InvalidContent(violations));
        }

        return await IsTakenAsync(slice, part, present?.Id, cancellationToken) is { } taken
            ? (null, taken)
            : (ReferenceCompletion.Of(part, reference => organisations.Find(reference)!), null);
    }

    private async Task<Refusal?> IsTakenAsync(PartSlice slice, CouncilPart part, Guid? self, CancellationToken cancellationToken)
    {
        var council = tenant.Current.Id;
        var key = part.NaturalKey;
        if (await slice.Rows(database).AnyAsync(row => row.CouncilId == council && row.NaturalKey == key && row.Id != self, cancellationToken))
        {
            return new Refusal(StatusCodes.Status409Conflict, "already-exists", part.Title);
        }

        if (part is not Organisation { Identifiers: { } identifiers })
        {
            return null;
        }

        var (siret, finess, rna) = (identifiers.Siret, identifiers.Finess, identifiers.Rna);
        var other = await database.Organisations
            .Where(row => row.CouncilId == council && row.Id != self && ((siret != null && row.Siret == siret) || (finess != null && row.Finess == finess) || (rna != null && row.Rna == rna)))
            .Select(row => row.Name)
            .FirstOrDefaultAsync(cancellationToken);
        return other is null ? null : new Refusal(StatusCodes.Status409Conflict, "already-exists", other);
    }

    /// <summary>What the directory keeps may be sent back as it was read, never otherwise.</summary>
    private IEnumerable<Violation> ReadOnlyViolations(CouncilPart part, PartRow? present)
    {
        (string Name, bool IsKept)[] members =
        [
            ("id", part.Id is null || part.Id == present?.Id),
            ("council", part.Council is null || part.Council == tenant.Current.Identifier),
            ("version", part.Version is null || part.Version == present?.Version),
            ("createdAt", part.CreatedAt is null || part.CreatedAt == present?.CreatedAt),
            ("updatedAt", part.UpdatedAt is null || part.UpdatedAt == present?.UpdatedAt),
        ];
        return members.Where(member => !member.IsKept).Select(member => new Violation("read-only", [member.Name]) { Pointer = $"/{member.Name}" });
    }

    /// <summary>References show the organisation's name, so those who refer to it change with it, and say so in the change feed.</summary>
    private async Task RenameInReferrersAsync(Guid organisation, string name, CouncilRow council, CancellationToken cancellationToken)
    {
        var id = tenant.Current.Id;
        var referrers = await database.OrganisationReferences
            .Where(reference => reference.CouncilId == id && reference.OrganisationId == organisation)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        OrganisationReference Renamed(OrganisationReference reference) => reference.Id == organisation ? reference with { Name = name } : reference;

        if (referrers.Any(reference => reference.ReferrerType == "council"))
        {
            council.Statement = ReferenceCompletion.Of(council.Statement, Renamed);
            await database.SaveChangesAsync(cancellationToken);
        }

        foreach (var slice in PartSlices.All)
        {
            var ids = referrers.Where(reference => reference.ReferrerType == slice.Names.Type).Select(reference => reference.ReferrerId).ToList();
            if (ids.Count > 0)
            {
                foreach (var row in await slice.Rows(database).Where(row => row.CouncilId == id && ids.Contains(row.Id)).ToListAsync(cancellationToken))
                {
                    row.Restate(ReferenceCompletion.Of(row.PartOf(null), Renamed));
                }
            }
        }
    }

    private Task<PartRow?> FindAsync(PartSlice slice, Guid id, CancellationToken cancellationToken)
    {
        var council = tenant.Current.Id;
        return slice.Rows(database).SingleOrDefaultAsync(row => row.CouncilId == council && row.Id == id, cancellationToken);
    }

    private static JsonElement ToJson<TPart>(TPart part)
        where TPart : CouncilPart =>
        JsonSerializer.SerializeToElement(part, (System.Text.Json.Serialization.Metadata.JsonTypeInfo<TPart>)DirectoryJson.Web.GetTypeInfo(typeof(TPart))!);

    private TPart PartOf<TPart>(PartRow row)
        where TPart : CouncilPart =>
        (TPart)row.PartOf(tenant.Current.Identifier);

    private ResourceAnswer<TPart> Stored<TPart>(PartRow row, int status, string? location)
        where TPart : CouncilPart =>
        new(PartOf<TPart>(row), EntityTags.OfVersion(row.Version), row.UpdatedAt) { Status = status, Location = location };
}
