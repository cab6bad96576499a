using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Model.Parts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CLSM.Directory.Api.Database.Contexts;

/// <summary>A table of parts of councils. Who defines a kind of parts adds its table to the model.</summary>
internal interface IPartTable
{
    string Table { get; }

    /// <summary>The member of a document that holds the parts; null where documents leave them out.</summary>
    string? DocumentMember { get; }

    IQueryable<PartRow> Rows(DirectoryDbContext database);

    void AddTo(IPartModel model);
}

/// <summary>Takes the tables of parts into the model of a context.</summary>
internal interface IPartModel
{
    void Add<TRow, TPart>(string table, JsonTypeInfo<TPart> record)
        where TRow : PartRow<TPart>
        where TPart : CouncilPart;
}

/// <summary>The tables of parts that the service is composed of.</summary>
internal sealed class PartTables(IEnumerable<IPartTable> tables)
{
    public IReadOnlyList<IPartTable> All { get; } = [.. tables];

    /// <summary>Tells models with different tables apart.</summary>
    public string Key { get; } = string.Join(',', tables.Select(table => table.Table));
}

/// <summary>Services of one process may be composed of different tables, as in tests: each set of tables has a model of its own.</summary>
internal sealed class PartModelCacheKeyFactory : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), (context as DirectoryDbContext)?.Parts.Key, designTime);
}
