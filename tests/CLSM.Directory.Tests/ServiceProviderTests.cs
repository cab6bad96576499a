using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>The service provider checks lifetimes in every environment, not in development only.</summary>
internal sealed class ServiceProviderTests : DirectoryFixture
{
    [Test]
    public void A_scoped_service_cannot_be_taken_from_the_root() =>
        Assert.That(
            () => Service.Services.GetRequiredService<TenantContext>(), Throws.InvalidOperationException.With.Message.Contain("scoped"));
}
