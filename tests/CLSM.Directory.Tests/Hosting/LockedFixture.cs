using CLSM.Directory.Api.Database.Contexts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>Which of the locks around a tenant are on.</summary>
internal enum Locks
{
    All,
    WithoutQueryFilters,
    WithoutRowSecurity,
}

/// <summary>A service from which one of the locks around a tenant was taken off, to prove that the others hold.</summary>
internal abstract class LockedFixture(Locks locks) : DirectoryFixture
{
    /// <summary>Which locks are on.</summary>
    protected Locks Locks => locks;

    protected override Task PrepareAsync() => locks is not Locks.WithoutRowSecurity ? Task.CompletedTask : TestCluster.ExecuteAsync(
        TestCluster.AdministratorOf(Database),
        """
        do $$
        declare t regclass;
        begin
            for t in select oid::regclass from pg_class where relnamespace = 'directory'::regnamespace and relrowsecurity loop
                execute format('alter table %s disable row level security', t);
            end loop;
        end $$
        """);

    protected override void Adjust(WebApplicationBuilder builder)
    {
        if (locks is Locks.WithoutQueryFilters)
        {
            builder.Services.AddScoped<CouncilDbContext, UnfilteredCouncilDbContext>();
        }
    }
}
