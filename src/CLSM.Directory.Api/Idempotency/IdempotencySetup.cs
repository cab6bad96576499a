namespace CLSM.Directory.Api.Idempotency;

/// <summary>Registers the store of responses to requests with an <c>Idempotency-Key</c>.</summary>
internal static class IdempotencySetup
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) => services.AddSingleton<IdempotencyStore>();
}
