using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;

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
        Purpose = "Where the work is done, by theme. "
            + "Where a source speaks only of \"the working groups\", there is one entry of kind `class` for all of them.",
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

    public override IReadOnlyList<ExportColumn<WorkingGroup>> Columns { get; } =
    [
        ExportColumn<WorkingGroup>.Text("kind", "Code of the list `working-group-kinds`.", group => group.Kind),
        ExportColumn<WorkingGroup>.Text("name", "Name.", group => group.Name),
        ExportColumn<WorkingGroup>.Text("purpose", "What it is for.", group => group.Purpose),
        ExportColumn<WorkingGroup>.Text("openness", "Code of the list `openness-levels`.", group => group.Openness),
        ExportColumn<WorkingGroup>.Text("status", "Code of the list `working-group-statuses`.", group => group.Status),
        ExportColumn<WorkingGroup>.List("themes", PartCells.Themes, group => group.Themes),
        ExportColumn<WorkingGroup>.Integer("typicalSize", "Usual number of members.", group => group.TypicalSize?.Value),
        ExportColumn<WorkingGroup>.Text(
            "typicalSizePrecision", "Code of the list `size-precisions`.", group => group.TypicalSize?.Precision),
        ExportColumn<WorkingGroup>.List(
            "leads", "Names of the organisations that lead it.", group => group.Leads?.Select(lead => lead.Name)),
        .. PartCells.Composition<WorkingGroup>(part => part.Composition),
        ExportColumn<WorkingGroup>.List("outputs", "What it produced, or produces.", group => group.Outputs),
    ];

    public override PartExamples Examples { get; } = new(
        Create: """
            {"kind":"group","name":"Groupe fictif précarité","purpose":"Un groupe inventé de plus.","themes":["housing","precariousness"]}
            """,
        Change: """{"status":"active"}""");
}
