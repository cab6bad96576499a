using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>Limits the size of the sandbox: checked in each transaction that writes to it, after the write.</summary>
internal sealed class SandboxQuota(TenantContext tenant, IOptions<SandboxOptions> options) : SaveChangesInterceptor
{
    /// <exception cref="ApiProblemException">The sandbox is larger than its quota; the transaction must not be committed.</exception>
    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is CouncilDbContext database && tenant.IsTest)
        {
            await CheckAsync(database, cancellationToken);
        }

        return result;
    }

    private async Task CheckAsync(CouncilDbContext database, CancellationToken cancellationToken)
    {
        var size = await SandboxQueries.ReadSizeAsync(database, cancellationToken);
        var quota = options.Value;
        if (size.Rows > quota.MaxRows || size.Bytes > quota.MaxBytes)
        {
            throw new ApiProblemException(new ApiProblem(StatusCodes.Status409Conflict, "sandbox-full", quota.MaxRows, quota.MaxBytes));
        }
    }
}
