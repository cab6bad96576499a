using CLSM.Directory.Api.Database.Contexts;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Database;

/// <summary>Retries a transaction that no council has, such as that of a key: the unit opens a connection of its own.</summary>
internal sealed class TransactionRetry(CouncilDbContext database)
{
    public Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> unit, CancellationToken cancellationToken) =>
        new TransactionRetryStrategy(database).ExecuteAsync(unit, cancellationToken);
}
