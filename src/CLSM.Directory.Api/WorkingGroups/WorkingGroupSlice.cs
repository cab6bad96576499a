using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Parts;
using CLSM.Directory.Api.Persistence;
using FluentValidation;

namespace CLSM.Directory.Api.WorkingGroups;

/// <summary>Working groups: <c>/v1/councils/{council}/working-groups</c> and <c>/v1/working-groups</c>.</summary>
internal sealed class WorkingGroupSlice() : PartSlice<WorkingGroupRow, WorkingGroup>(new InlineValidator<WorkingGroup>())
{
    public override PartNames Names { get; } = new(
        "working-groups", "working-group", "Working groups", "WorkingGroup", "WorkingGroups", "working group", "working groups")
    {
        Member = "workingGroups",
        Purpose = "Where the work is done, by theme. Where a source speaks only of \"the working groups\", there is one entry of kind `class` for all of them.",
    };

    public override IReadOnlyList<PartFilter<WorkingGroupRow>> Filters { get; } =
    [
        new(new CodeParameter("kind", "working-group-kinds", "Only groups of these kinds.") { IsList = true }, values => row => values.Contains(row.Kind)),
        new(new CodeParameter("status", "working-group-statuses", "Only groups with these statuses.") { IsList = true }, values => row => values.Contains(row.Status!)),
        new(new CodeParameter("theme", "themes", "Only groups with one of these themes.") { IsList = true }, values => row => row.Themes.Any(theme => values.Contains(theme))),
    ];

    public override IReadOnlyList<string> MayMiss { get; } = ["purpose", "openness", "themes", "typicalSize", "leads", "composition", "outputs", "status"];

    public override IReadOnlyList<CouncilPart> Of(CouncilDocument document) => document.WorkingGroups ?? [];
}
