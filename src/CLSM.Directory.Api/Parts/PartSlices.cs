using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.Parts;

/// <summary>All kinds of parts of a council, in the order of a document.</summary>
internal static class PartSlices
{
    public static readonly GovernanceBodySlice GovernanceBodies = new();
    public static readonly WorkingGroupSlice WorkingGroups = new();
    public static readonly OrganisationSlice Organisations = new();
    public static readonly ContactSlice Contacts = new();
    public static readonly EventSlice Events = new();

    public static readonly IReadOnlyList<PartSlice> All = [GovernanceBodies, WorkingGroups, Organisations, Contacts, Events];
}
