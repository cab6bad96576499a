using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>Governance bodies: <c>/v1/councils/{council}/governance-bodies</c> and <c>/v1/governance-bodies</c>.</summary>
internal sealed class GovernanceBodyType() : PartType<GovernanceBodyRow, GovernanceBody>(
    ModelJsonContext.Instance.GovernanceBody,
    rules: null,
    new(document => document.GovernanceBodies, (document, parts) => document with { GovernanceBodies = parts }))
{
    public override PartNames Names { get; } = new(
        "governance-bodies",
        "governance-body",
        "Governance bodies",
        "GovernanceBody",
        "GovernanceBodies",
        "governance body",
        "governance bodies")
    {
        Member = "governanceBodies",
        Purpose = "The bodies that decide and debate: steering committee (COPIL), plenary assembly, technical committee… "
            + "A body that a source only names has the evidence state `mentioned`.",
    };

    public override IReadOnlyList<PartFilter<GovernanceBodyRow>> Filters { get; } =
    [
        new(
            new CodeParameter("type", "governance-body-types", "Only bodies of these types.") { IsList = true },
            values => row => values.Contains(row.Type)),
        new(
            new CodeParameter("openness", "openness-levels", "Only bodies that are open to these.") { IsList = true },
            values => row => values.Contains(row.Openness!)),
    ];

    public override IReadOnlyList<string> OptionalMembers { get; } = ["purpose", "openness", "meetingFrequency", "posts", "composition"];

    public override IReadOnlyList<ExportColumn<GovernanceBody>> Columns { get; } =
    [
        ExportColumn<GovernanceBody>.Text("type", "Code of the list `governance-body-types`.", body => body.Type),
        ExportColumn<GovernanceBody>.Text("name", "Name.", body => body.Name),
        ExportColumn<GovernanceBody>.Text("purpose", "What it is for.", body => body.Purpose),
        ExportColumn<GovernanceBody>.Text("openness", "Code of the list `openness-levels`.", body => body.Openness),
        ExportColumn<GovernanceBody>.Text("meetingFrequency", "Code of the list `frequencies`.", body => body.MeetingFrequency?.Code),
        ExportColumn<GovernanceBody>.Text(
            "meetingFrequencyText", "The frequency in the words of the source.", body => body.MeetingFrequency?.Text),
        ExportColumn<GovernanceBody>.List(
            "posts", "Codes of the list `post-functions`.", body => body.Posts?.Select(post => post.Function)),
        .. PartCells.Composition<GovernanceBody>(part => part.Composition),
    ];

    public override PartExamples Examples { get; } = new(
        Create: """
            {"type":"coordination-unit","name":"Coordination fictive","purpose":"Une instance inventée.",
             "evidence":{"":{"state":"stated","source":"source-1"}}}
            """,
        Change: """{"openness":"members"}""");
}
