using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Leaves out of an imported document what must not be written, so that the rest can be. A feature registers it.</summary>
internal interface IImportFilter
{
    /// <summary>Returns the document without it, and notes about what was left out.</summary>
    Task<(CouncilDocument Document, IReadOnlyList<ValidationError> Notes)> FilterAsync(Guid council, CouncilDocument document, CancellationToken cancellationToken);
}
