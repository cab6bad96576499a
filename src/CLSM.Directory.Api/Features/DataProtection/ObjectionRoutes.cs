using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Idempotency;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Results;
using Npgsql;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>A person takes back what is held of them: <c>/v1/contacts/{id}/objection</c>.</summary>
internal static class ObjectionRoutes
{
    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapPost("/contacts/{id}/objection", ObjectAsync)
            .WithMetadata(new EndpointContract(RequiredScope.Council) { Parameters = [ContactLocation.CouncilParameter] }).WithIdempotency()
            .WithName(DataProtectionExamples.Objection).WithTags("Personal data")
            .WithSummary("Withdraw a contact for ever")
            .WithDescription(
                "A person objected (RGPD, art. 21): the contact leaves every answer at once, and so does any other of the same person in the council; their name, e-mail addresses and telephone numbers are erased from all other texts of the council "
                + "and from its history; a telephone number that the contact of a function shows as well is the function's and stays. The change feed says that it left and why (`objection`), never what it was. "
                + "Should the person come again, by a sheet, a document or a request, they are recognised by fingerprints (keyed hashes): a sheet is taken in without them, other writes are refused (422, `objected`). "
                + "Also for a contact that was removed before, whose values the history still has. The contact's own council may, and administrators.")
            .Produces<Objection>();

    private static async Task<IResult> ObjectAsync(
        HttpContext context,
        string id,
        [FromKeyedServices(DataSources.Service)] NpgsqlDataSource source,
        PublishedDbContext published,
        TenantContext tenant,
        CouncilTransactions transactions,
        ObjectionWriter writer,
        CompactionService compaction,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!(await ContactLocation.FindAsync(context, id, source, cancellationToken)).TryGet(out var place, out var problem))
        {
            return problem;
        }

        var contact = place.Contact;
        if (!context.User.CanEdit(place.CouncilId))
        {
            return place.IsPublic
                ? new ApiProblem(StatusCodes.Status403Forbidden, "forbidden")
                : await Removals.FindAsync(published, place.CouncilId, ContactType.Name, contact, cancellationToken);
        }

        tenant.Enter(place.Tenant);
        var result = await transactions.RunAsync(
            new() { RemovalReason = ObjectionWriter.Reason, Participant = IdempotentWrite.Of(context) }, WithdrawAsync, cancellationToken);
        if (result is JsonResult<Objection> && !tenant.IsTest)
        {
            // Anybody may object there as often as they like; no person was in it.
            compaction.Request();
        }

        return result;

        async Task<IResult> WithdrawAsync(CouncilTransaction transaction)
        {
            if (transaction.Council is null || await writer.WithdrawAsync(transaction, contact, cancellationToken) is not { } withdrawal)
            {
                return await Removals.FindAsync(published, place.CouncilId, ContactType.Name, contact, cancellationToken);
            }

            var answer = new JsonResult<Objection>(new Objection
            {
                Contact = contact,
                Council = place.Council,
                Reason = ObjectionWriter.Reason,
                At = time.GetUtcNow(),
                Contacts = withdrawal.Contacts,
                Texts = withdrawal.Texts,
                HistoryEntries = withdrawal.Entries,
            });
            await transaction.CommitAsync(answer, cancellationToken);
            return answer;
        }
    }
}
