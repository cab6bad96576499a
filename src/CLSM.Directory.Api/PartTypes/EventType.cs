using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;
using FluentValidation;

namespace CLSM.Directory.Api.PartTypes;

/// <summary>Events: <c>/v1/councils/{council}/events</c> and <c>/v1/events</c>.</summary>
internal sealed class EventType() : PartType<EventRow, CouncilEvent>(
    ModelJsonContext.Instance.CouncilEvent,
    new EventValidator(),
    new(document => document.Events, (document, parts) => document with { Events = parts }))
{
    public override PartNames Names { get; } = new("events", "event", "Events", "Event", "Events", "event", "events")
    {
        Member = "events",
        Purpose = "What a council holds or takes part in, once or every year, "
            + "such as the semaines d’information sur la santé mentale (SISM).",
    };

    public override IReadOnlyList<PartFilter<EventRow>> Filters { get; } =
    [
        new(
            new CodeParameter("kind", "event-kinds", "Only events of these kinds.") { IsList = true },
            values => row => values.Contains(row.Kind)),
        new(
            new CodeParameter("theme", "themes", "Only events with one of these themes.") { IsList = true },
            values => row => row.Themes.Any(theme => values.Contains(theme))),
    ];

    public override IReadOnlyList<string> OptionalMembers { get; } = ["recurrence", "from", "to", "themes"];

    public override IReadOnlyList<ExportColumn<CouncilEvent>> Columns { get; } =
    [
        ExportColumn<CouncilEvent>.Text("name", "Name.", item => item.Name),
        ExportColumn<CouncilEvent>.Text("kind", "Code of the list `event-kinds`.", item => item.Kind),
        ExportColumn<CouncilEvent>.Text("recurrence", "Code of the list `recurrences`.", item => item.Recurrence),
        ExportColumn<CouncilEvent>.Date("from", "First day.", item => item.From),
        ExportColumn<CouncilEvent>.Date("to", "Last day.", item => item.To),
        ExportColumn<CouncilEvent>.List("themes", PartCells.Themes, item => item.Themes),
    ];

    public override PartExamples Examples { get; } = new(
        Create: """{"name":"Débat fictif","kind":"debate"}""",
        Change: """{"kind":"sism"}""");
}

/// <summary>An event does not end before it begins.</summary>
internal sealed class EventValidator : AbstractValidator<CouncilEvent>
{
    public EventValidator() =>
        RuleFor(councilEvent => councilEvent.To)
            .Must((councilEvent, to) => to is null || councilEvent.From is null || to >= councilEvent.From)
            .Or("ends-before-start", councilEvent => [councilEvent.From!, councilEvent.To!]);
}
