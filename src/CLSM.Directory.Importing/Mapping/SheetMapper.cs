using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The document of a sheet, with what a person should know about the way there.</summary>
internal sealed record MappedSheet(CouncilDocument Document, IReadOnlyList<ValidationError> Notes, IReadOnlyList<KeptWords> Kept);

/// <summary>
/// Turns a sheet into a council document. What a sheet says in so many words is `stated`; codes that were chosen by its words are `inferred`
/// and say by which; what it does not say is `not-stated`. Whatever found no place is kept as words (<see cref="UnmappedText"/>).
/// </summary>
internal sealed class SheetMapper
{
    private readonly MappingContext context;
    private readonly OrganisationMapper organisations;
    private readonly ITerritoryNames territories;

    private SheetMapper(CouncilSheet sheet, ITerritoryNames territories, DateOnly today)
    {
        context = new MappingContext(sheet, today);
        organisations = new OrganisationMapper(context);
        this.territories = territories;
    }

    public static MappedSheet Map(CouncilSheet sheet, ITerritoryNames territories, DateOnly today) => new SheetMapper(sheet, territories, today).Map();

    private MappedSheet Map()
    {
        var sheet = context.Sheet;
        context.Unmapped.MarkUsed(sheet["id"]);
        context.KeepUnknown(sheet.Unknown, CouncilSheet.Keys.Keys);

        // First what the others name: sources, and organisations by their full names.
        new SourceMapper(context).Map();
        organisations.Collect();
        var (names, statuses, objectives) = (new NameMapper(context), new StatusMapper(context), new ObjectiveMapper(context));
        var status = statuses.Map();
        var foundation = new FoundationMapper(context, organisations).Map();
        var coordination = organisations.MapCoordination();
        var (website, links) = new WebsiteMapper(context).Map();
        var means = new MeansMapper(context).Map();
        var document = new CouncilDocument
        {
            Code = sheet.Id,
            Kind = names.MapKind(out var audience),
            Name = sheet.Name,
            Audience = audience,
            Aliases = names.MapAliases(),
            Status = status,
            StatusHistory = statuses.MapHistory(status),
            Territory = new TerritoryMapper(context, territories).Map(),
            Foundation = foundation,
            Objectives = objectives.Map(),
            Posts = new PostMapper(context).Map(),
            Coordination = coordination,
            Means = means,
            Frameworks = new FrameworkMapper(context).Map(),
            Website = website,
            Links = links,
            Sources = context.Sources,
            GovernanceBodies = new BodyMapper(context).Map().NullIfEmpty(),
            WorkingGroups = new GroupMapper(context).Map().NullIfEmpty(),
            Contacts = new ContactMapper(context).Map().NullIfEmpty(),
            Events = new EventMapper(context).Map().NullIfEmpty(),
            Organisations = organisations.Map().NullIfEmpty(),
        };
        document = document with { Themes = objectives.MapThemes(document), Participation = organisations.MapParticipation() };
        context.Unmapped.Keep(sheet["notes"]);
        AddMissing(document);
        document = document with { Evidence = context.Evidence };
        context.Unmapped.KeepUnused(sheet, document);
        return new MappedSheet(document with { KeptAsWords = context.Unmapped.Kept.NullIfEmpty() }, context.Notes, context.Unmapped.Kept);
    }

    /// <summary>What a sheet could have said and did not.</summary>
    private void AddMissing(CouncilDocument document)
    {
        (string Pointer, bool IsThere)[] members =
        [
            ("/aliases", document.Aliases is not null), ("/territory", document.Territory is not null), ("/foundation", document.Foundation is not null),
            ("/foundation/date", document.Foundation?.Date is not null || document.Foundation is null), ("/foundation/founders", document.Foundation?.Founders is not null || document.Foundation is null),
            ("/objectives", document.Objectives is not null), ("/participation", document.Participation is not null), ("/means", document.Means is not null),
            ("/posts", document.Posts is not null), ("/coordination", document.Coordination is not null), ("/frameworks", document.Frameworks is not null),
            ("/website", document.Website is not null), ("/statusHistory", document.StatusHistory is not null),
            ("/governanceBodies", document.GovernanceBodies is not null), ("/workingGroups", document.WorkingGroups is not null),
            ("/organisations", document.Organisations is not null), ("/contacts", document.Contacts is not null), ("/events", document.Events is not null),
        ];
        foreach (var (pointer, isThere) in members)
        {
            if (!isThere)
            {
                context.Evidence[pointer] = SheetEvidence.NotStated;
            }
        }
    }
}
