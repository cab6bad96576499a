using System.Data.Common;
using CLSM.Directory.Api.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace CLSM.Directory.Api.Persistence;

/// <summary>
/// What an agency reads of its region's councils: what is published, and the contacts for partners, through a view that shows no others. It
/// cannot write.
/// </summary>
internal sealed class PartnerDbContext(DbContextOptions<PartnerDbContext> options, PartTables parts) : DirectoryDbContext(options, parts)
{
    private const string PartnerSchema = "partners";

    /// <summary>Whether the sandbox was asked for by name.</summary>
    public bool AsksForSandbox { get; set; }

    public override string Schema => "published";

    public override string SchemaOf(string relation) => relation is "contact" or CouncilResources ? PartnerSchema : Schema;

    protected override void Relation<TRow>(EntityTypeBuilder<TRow> entity, string name) => entity.ToView(name, SchemaOf(name));

    protected override void PartRules<TRow>(EntityTypeBuilder<TRow> entity) => entity.Property(row => row.CouncilCode);
}

/// <summary>Tells PostgreSQL the caller's regions with each statement, as a first statement of the same implicit transaction: no connection carries them over.</summary>
internal sealed class RegionInterceptor(IHttpContextAccessor http) : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.Transaction is not null)
        {
            throw new NotSupportedException("An agency reads in single statements.");
        }

        command.CommandText = $"select set_config('clsm.regions', @clsm_regions, true);\n{command.CommandText}";
        command.Parameters.Add(new NpgsqlParameter("clsm_regions", string.Join(',', http.HttpContext!.User.RestrictedRegions())));
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        await result.NextResultAsync(cancellationToken);
        return result;
    }
}
