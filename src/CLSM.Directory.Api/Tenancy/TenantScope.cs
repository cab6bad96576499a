namespace CLSM.Directory.Api.Tenancy;

/// <summary>Runs work on one council in a scope of its own, as for one request: a unit of work cannot touch two councils.</summary>
internal sealed class TenantScope<TService>(IServiceScopeFactory scopes)
    where TService : notnull
{
    public async Task<TResult> RunAsync<TResult>(Func<TService, Task<TResult>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
