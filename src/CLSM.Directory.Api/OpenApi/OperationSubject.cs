using CLSM.Directory.Api.Features.Exports;
using CLSM.Directory.Api.PartTypes;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>What an operation is about, where it is one of several that are alike.</summary>
internal sealed record OperationSubject(PartType? Part, ExportDefinition? Export);
