using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Model.Quality;

/// <summary>
/// The criteria of quality. They ask whether a reader finds what an agency or a citizen needs first, and follow the national reference
/// framework (instruction DGS/SP4/2025/8) where it asks for something.
/// </summary>
internal static class QualityCriteria
{
    private const int YearsBeforeASourceIsOld = 2;

    /// <summary>The five groups that the national framework asks for at the least, and how each shows in the data.</summary>
    private static readonly (string French, string English, string[] Categories)[] MemberGroups =
    [
        ("élus", "elected officials", ["elected-officials", "municipalities"]),
        ("psychiatrie", "psychiatry", ["public-psychiatry", "health-establishments"]),
        ("personnes concernées", "people concerned", ["users-and-patients", "user-associations"]),
        ("aidants et proches", "carers", ["carers-and-families", "user-associations"]),
    ];

    private static readonly Criterion[] All =
    [
        new("known-status", "Le statut est connu", "The status is known",
            document => document.Status != "unknown", "Dire si le conseil est actif, en pause, en projet…", "Say whether the council is active, paused, planned…"),
        new("reachable-contact", "Un contact public a un téléphone ou un courriel", "A public contact has a telephone number or an e-mail address",
            document => (document.Contacts ?? []).Any(contact => contact.Phones is not null || contact.Emails is not null),
            "Ajouter un contact par fonction, avec un numéro ou une adresse générique.", "Add a contact by function, with a number or a generic address."),
        new("carrier", "L’institution porteuse est nommée", "The carrying institution is named",
            document => (document.Organisations ?? []).Any(organisation => organisation.Roles?.Contains("carrier") == true) || document.Coordination?.Organisation is not null,
            "Donner le rôle « carrier » à l’organisation qui porte le conseil.", "Give the role “carrier” to the organisation that carries the council."),
        new("coordination", "La coordination est décrite", "The coordination is described",
            document => document.Coordination is not null || (document.Contacts ?? []).Any(contact => contact.Function == "coordinator"),
            "Dire qui coordonne le conseil.", "Say who coordinates the council."),
        new("territory-resolved", "Le territoire a un code officiel", "The territory has an official code",
            document => (document.Territory?.Parts ?? []).Any(part => part.Code is not null),
            "Donner les communes, l’EPCI ou le secteur avec leur code.", "Give the communes, the EPCI or the sector with their codes."),
        new("presidency", "La présidence est décrite", "The presidency is described",
            document => (document.Posts ?? []).Concat((document.GovernanceBodies ?? []).SelectMany(body => body.Posts ?? [])).Any(post => post.Function is "chair" or "co-chair"),
            "Dire quelle fonction préside le conseil ou son comité de pilotage.", "Say which function chairs the council or its steering committee."),
        new("steering-body", "Le comité de pilotage est décrit", "The steering body is described",
            document => (document.GovernanceBodies ?? []).Any(body => body.Type == "steering-committee"),
            "Ajouter le comité de pilotage.", "Add the steering committee."),
        new("foundation", "La fondation est datée", "The foundation is dated",
            document => document.Foundation?.Date is not null, "Dire depuis quand le conseil existe, même à peu près.", "Say since when the council exists, even roughly."),
        new("website", "Un site ou une page est donné", "A site or a page is given",
            document => document.Website is not null, "Ajouter l’adresse de la page du conseil.", "Add the address of the council's page."),
    ];

    /// <summary>How many criteria there are: those above, the age of the sources and the member groups.</summary>
    public static int Count => All.Length + 2;

    public static QualityReport Of(CouncilDocument document, DateOnly today)
    {
        List<QualityCriterion> criteria = [.. All.Select(criterion => criterion.Judge(document)), RecentSource(document, today), FrameworkGroups(document)];
        return new QualityReport
        {
            Council = document.Code,
            Score = criteria.Count(criterion => criterion.Met),
            Maximum = criteria.Count,
            AsOf = today,
            Criteria = criteria,
        };
    }

    private static QualityCriterion RecentSource(CouncilDocument document, DateOnly today)
    {
        var latest = (document.Sources ?? []).Max(source => source.UpdatedOn ?? source.RetrievedOn);
        return new Criterion(
            "recent-source", "Une source datée a moins de deux ans", "A dated source is under two years old",
            _ => latest is { } day && day > today.AddYears(-YearsBeforeASourceIsOld),
            latest is null ? "Dater une source." : $"Vérifier et dater à nouveau : la source la plus récente est du {latest:yyyy-MM-dd}.",
            latest is null ? "Date a source." : $"Check and date again: the latest source is of {latest:yyyy-MM-dd}.").Judge(document);
    }

    private static QualityCriterion FrameworkGroups(CouncilDocument document)
    {
        var present = (document.Participation?.Categories ?? []).Select(category => category.Category)
            .Concat((document.GovernanceBodies ?? []).SelectMany(body => body.Composition ?? []).Select(entry => entry.Category))
            .Concat((document.Organisations ?? []).Select(organisation => organisation.Category))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var missing = MemberGroups.Where(group => !group.Categories.Any(present.Contains)).ToList();
        var hasCoordinator = document.Coordination is not null || (document.Contacts ?? []).Any(contact => contact.Function == "coordinator");
        string[] french = [.. missing.Select(group => group.French), .. hasCoordinator ? Array.Empty<string>() : ["coordination"]];
        string[] english = [.. missing.Select(group => group.English), .. hasCoordinator ? Array.Empty<string>() : ["coordinator"]];
        return new Criterion(
            "framework-member-groups", "Les cinq groupes de membres du référentiel national sont présents", "The five member groups of the national framework are present",
            _ => french.Length == 0, $"Sans trace : {string.Join(", ", french)}.", $"No trace of: {string.Join(", ", english)}.").Judge(document);
    }

    private sealed record Criterion(string Code, string French, string English, Func<CouncilDocument, bool> IsMet, string FrenchAdvice, string EnglishAdvice)
    {
        public QualityCriterion Judge(CouncilDocument document)
        {
            var isMet = IsMet(document);
            return new QualityCriterion
            {
                Code = Code,
                Label = new Label { Fr = French, En = English },
                Met = isMet,
                Advice = isMet ? null : new Label { Fr = FrenchAdvice, En = EnglishAdvice },
            };
        }
    }
}
