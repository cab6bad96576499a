using System.Globalization;
using System.Text.Json;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Idempotency;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Api.Security.Callers;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Api.Web.Requests;
using CLSM.Directory.Api.Web.Results;
using CLSM.Directory.Model.Validation;
using Npgsql;

namespace CLSM.Directory.Api.Features.ApiKeys;

/// <summary>Keys over HTTP: <c>/v1/keys</c>, for administrators only.</summary>
internal static class KeyRoutes
{
    private static readonly SortField[] Sorts = [SortField.CreatedAt];

    private static readonly IntegerParameter Overlap = new(
        "overlapHours", 0, 720, (int)ApiKeyQueries.DefaultOverlap.TotalHours, "For how many hours the secret before goes on beside the new one.");

    public static void Map(IEndpointRouteBuilder v1)
    {
        var forAdministrators = new EndpointContract(RequiredScope.Administrator) { RequiresIfMatch = false };

        v1.MapGet("/keys", ListAsync)
            .WithMetadata(forAdministrators with { Parameters = PageRequest.ParametersFor(ApiKeysJsonContext.Instance.Key, Sorts) })
            .WithName("listKeys").WithTags("Keys")
            .WithSummary("List the keys")
            .WithDescription("Every key that was ever made, without secrets: what it allows, when it was last used, whether it is revoked. Only administrators may.")
            .Produces<Page<Key>>();

        v1.MapPost("/keys", CreateAsync)
            .WithMetadata(forAdministrators).WithIdempotency()
            .WithName("createKey").WithTags("Keys")
            .WithSummary("Create a key")
            .WithDescription("Makes a key and shows its `secret`, this once: only a hash of it is stored. Only administrators may.")
            .Accepts<NewKey>(MediaTypes.Json)
            .Produces<Key>(StatusCodes.Status201Created);

        v1.MapPost("/keys/{id}/rotate", RotateAsync)
            .WithMetadata(forAdministrators with { Parameters = [Overlap] }).WithIdempotency()
            .WithName("rotateKey").WithTags("Keys")
            .WithSummary("Give a key a new secret")
            .WithDescription("Shows the new `secret`, this once. The one before goes on for the overlap, so that nothing stops while it is replaced; one that was older ends at once. Only administrators may.")
            .Produces<Key>();

        v1.MapDelete("/keys/{id}", RevokeAsync)
            .WithMetadata(forAdministrators)
            .WithName("revokeKey").WithTags("Keys")
            .WithSummary("Revoke a key")
            .WithDescription("Ends a key at once, on every node. It stays in the list; revoking it again changes nothing. Only administrators may.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, [FromKeyedServices(DataSources.Service)] NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var query = ParsedQuery.Of(context);
        if (!PageRequest.Read(context, query, Sorts, []).TryGet(out var request, out var problem))
        {
            return problem;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (found, total) = await ApiKeyQueries.ListAsync(
            connection, request.After is { } after ? (after.Instant, after.Id) : null, request.Descending, request.Fetch, cancellationToken);
        var page = request.ToPage(found, total, entry => new Cursor(entry.CreatedAt, Guid.Empty, entry.Id)).Select(entry => Key.From(entry, null));
        var content = string.Join('\n', page.Items.Select(key => JsonSerializer.Serialize(key, ApiKeysJsonContext.Instance.Key)));
        var etag = ETags.ForContent(total.ToString(CultureInfo.InvariantCulture), content + context.Request.QueryString);
        return ETags.Matches(context.Request, etag)
            ? new NotModifiedResult(etag)
            : PageResult.From(page, FieldSelection.From(query), etag, null);
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context, [FromKeyedServices(DataSources.Service)] NpgsqlDataSource database, TransactionRetry retry, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!(await JsonBodyReader.ReadAsync(context.Request, MediaTypes.Json, cancellationToken)).TryGet(out var body, out var unreadable))
        {
            return unreadable;
        }

        if (JsonShapeValidator.Validate(body, ApiKeysJsonContext.Instance.NewKey).Errors is { Count: > 0 } errors)
        {
            return ApiProblem.InvalidContent(errors);
        }

        var asked = body.Deserialize(ApiKeysJsonContext.Instance.NewKey)!;
        if (asked.ExpiresAt <= time.GetUtcNow())
        {
            return ApiProblem.InvalidContent([new ValidationError("already-over", []) { Pointer = "/expiresAt" }]);
        }

        var key = new NewApiKey(asked.Id ?? Guid.CreateVersion7(), asked.Name, GrantedScopes.Read(asked.Scopes).Scopes, asked.ExpiresAt?.UtcDateTime);
        try
        {
            return await InOneTransactionAsync(
                database, retry, IdempotentWrite.Of(context), key.Id, StatusCodes.Status201Created, MakeAsync, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new ApiProblem(StatusCodes.Status409Conflict, "already-exists", key.Id);
        }

        async Task<Result<string>> MakeAsync(NpgsqlConnection connection) =>
            await ApiKeyQueries.CreateAsync(connection, key, cancellationToken) switch
            {
                ApiKeyCreation.Created created => created.Secret,
                ApiKeyCreation.UnknownScope unknown => UnknownScope(asked, unknown.Scope),
                var other => throw new InvalidOperationException($"{other} is not handled."),
            };
    }

    private static ApiProblem UnknownScope(NewKey key, string scope)
    {
        var place = key.Scopes.ToList().IndexOf(scope).ToString(CultureInfo.InvariantCulture);
        return ApiProblem.InvalidContent([new ValidationError("unknown-scope", [scope]) { Pointer = $"/scopes/{place}", Value = scope }]);
    }

    private static async Task<IResult> RotateAsync(
        HttpContext context, string id, [FromKeyedServices(DataSources.Service)] NpgsqlDataSource database, TransactionRetry retry, CancellationToken cancellationToken)
    {
        if (!ResourceId.Parse(id).TryGet(out var keyId, out var malformed))
        {
            return malformed;
        }

        var overlap = TimeSpan.FromHours(Overlap.ReadOrDefault(ParsedQuery.Of(context)));
        return await InOneTransactionAsync(
            database, retry, IdempotentWrite.Of(context), keyId, StatusCodes.Status200OK, MakeAsync, cancellationToken);

        async Task<Result<string>> MakeAsync(NpgsqlConnection connection)
        {
            if (await ApiKeyQueries.RotateAsync(connection, keyId, overlap, cancellationToken) is { } secret)
            {
                return secret;
            }

            return await ApiKeyQueries.FindAsync(connection, keyId, cancellationToken) is { } ended
                ? new ApiProblem(StatusCodes.Status409Conflict, "key-ended", ended.Name)
                : ApiProblem.NotFound(keyId.ToString());
        }
    }

    private static async Task<IResult> RevokeAsync(string id, [FromKeyedServices(DataSources.Service)] NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (!ResourceId.Parse(id).TryGet(out var keyId, out var malformed))
        {
            return malformed;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ApiKeyQueries.RevokeAsync(connection, keyId, cancellationToken) ? TypedResults.NoContent() : ApiProblem.NotFound(id);
    }

    /// <summary>Makes a secret, and keeps the answer with it where its caller may repeat the request.</summary>
    private static async Task<IResult> InOneTransactionAsync(
        NpgsqlDataSource database,
        TransactionRetry retry,
        IdempotentWrite? write,
        Guid id,
        int status,
        Func<NpgsqlConnection, Task<Result<string>>> make,
        CancellationToken cancellationToken) =>
        await retry.RunAsync(token => InOneTransactionAsync(database, write, id, status, make, token), cancellationToken);

    private static async Task<IResult> InOneTransactionAsync(
        NpgsqlDataSource database,
        IdempotentWrite? write,
        Guid id,
        int status,
        Func<NpgsqlConnection, Task<Result<string>>> make,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (write is not null && await write.BeginAsync(transaction, cancellationToken) is { } concurrent)
        {
            return concurrent;
        }

        if (!(await make(connection)).TryGet(out var secret, out var problem))
        {
            return problem;
        }

        // Whoever may make keys sees all of them, so the key is there.
        var entry = await ApiKeyQueries.FindAsync(connection, id, cancellationToken);
        var answer = new JsonResult<Key>(Key.From(entry!, secret)) { Status = status, ResourceId = id };
        if (write is not null)
        {
            await write.BeforeCommitAsync(transaction, answer, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return answer;
    }
}
