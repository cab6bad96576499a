using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>Everything that is exported: councils, whole documents, and the parts of each kind.</summary>
internal sealed class ExportCatalogue(PartTypeCatalogue types, DocumentQueries documents)
{
    public IReadOnlyList<ExportDefinition> All { get; } =
        [new CouncilExport(), new DocumentExport(documents), .. types.All.Select(type => type.Accept(new OfParts()))];

    private sealed class OfParts : IPartTypeVisitor<ExportDefinition>
    {
        public ExportDefinition Visit<TRow, TPart>(PartType<TRow, TPart> type)
            where TRow : PartRow<TPart>, new()
            where TPart : CouncilPart =>
            new PartExport<TRow, TPart>(type);
    }
}
