using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Database.Entities;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>What a hook of a part type works on: the council that is locked for writing, its tables, and all kinds of parts.</summary>
internal sealed record PartContext(CouncilDbContext Database, CouncilRow Council, PartTypeCatalogue Types);
