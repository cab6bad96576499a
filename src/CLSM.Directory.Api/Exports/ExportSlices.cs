using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.PartTypes;
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
        new PartExport<GovernanceBodyRow, GovernanceBody>(new GovernanceBodyType(), PartColumns.GovernanceBodies),
        new PartExport<WorkingGroupRow, WorkingGroup>(new WorkingGroupType(), PartColumns.WorkingGroups),
        new PartExport<OrganisationRow, Organisation>(new OrganisationType(), PartColumns.Organisations),
        new PartExport<ContactRow, Contact>(new ContactType(), PartColumns.Contacts),
        new PartExport<EventRow, CouncilEvent>(new EventType(), PartColumns.Events),
    ];
}
