using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Persistence;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>Working groups: <c>/v1/councils/{council}/working-groups</c> and <c>/v1/working-groups</c>.</summary>
internal sealed class WorkingGroupType() : PartType<WorkingGroupRow, WorkingGroup>(
    ModelJsonContext.Instance.WorkingGroup,
    rules: null,
    new(document => document.WorkingGroups, (document, parts) => document with { WorkingGroups = parts }))
{
    public override PartNames Names { get; } = new(
        "working-groups", "working-group", "Working groups", "WorkingGroup", "WorkingGroups", "working group", "working groups")
    {
        Member = "workingGroups",
        Purpose = "Where the work is done, by theme. Where a source speaks only of \"the working groups\", there is one entry of kind `class` for all of them.",
    };

    public override IReadOnlyList<PartFilter<WorkingGroupRow>> Filters { get; } =
    [
        new(
            new CodeParameter("kind", "working-group-kinds", "Only groups of these kinds.") { IsList = true },
            values => row => values.Contains(row.Kind)),
        new(
            new CodeParameter("status", "working-group-statuses", "Only groups with these statuses.") { IsList = true },
            values => row => values.Contains(row.Status!)),
        new(
            new CodeParameter("theme", "themes", "Only groups with one of these themes.") { IsList = true },
            values => row => row.Themes.Any(theme => values.Contains(theme))),
    ];

    public override IReadOnlyList<string> OptionalMembers { get; } =
        ["purpose", "openness", "themes", "typicalSize", "leads", "composition", "outputs", "status"];
}
