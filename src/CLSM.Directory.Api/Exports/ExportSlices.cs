using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.Exports;

/// <summary>Everything that is exported.</summary>
internal static class ExportSlices
{
    public static readonly CouncilExport Councils = new();

    public static readonly IReadOnlyList<ExportSlice> All =
    [
        Councils,
        new DocumentExport(),
        new PartExport<GovernanceBodyRow, GovernanceBody>(PartSlices.GovernanceBodies, PartColumns.GovernanceBodies),
        new PartExport<WorkingGroupRow, WorkingGroup>(PartSlices.WorkingGroups, PartColumns.WorkingGroups),
        new PartExport<OrganisationRow, Organisation>(PartSlices.Organisations, PartColumns.Organisations),
        new PartExport<ContactRow, Contact>(PartSlices.Contacts, PartColumns.Contacts),
        new PartExport<EventRow, CouncilEvent>(PartSlices.Events, PartColumns.Events),
    ];
}
