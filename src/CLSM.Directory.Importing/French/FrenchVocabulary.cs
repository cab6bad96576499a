using System.Text.RegularExpressions;
using CLSM.Directory.Model.Text;

namespace CLSM.Directory.Importing.French;

/// <summary>The words of sheets and the codes that they mean. Where no word is known, there is no code.</summary>
internal static partial class FrenchVocabulary
{
    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal)
    {
        ["actif"] = "active",
        ["active"] = "active",
        ["en activite"] = "active",
        ["operationnel"] = "active",
        ["installe"] = "active",
        ["projet"] = "project",
        ["en projet"] = "project",
        ["prefiguration"] = "prefiguration",
        ["en prefiguration"] = "prefiguration",
        ["en pause"] = "paused",
        ["pause"] = "paused",
        ["suspendu"] = "paused",
        ["en veille"] = "paused",
        ["en sommeil"] = "paused",
        ["clos"] = "closed",
        ["ferme"] = "closed",
        ["arrete"] = "closed",
        ["dissous"] = "closed",
        ["termine"] = "closed",
        ["inconnu"] = "unknown",
        ["non precise"] = "unknown",
    };

    private static readonly (string Words, string Code)[] BodyTypes =
    [
        ("cas complexes|situations complexes|situation complexe|cas complexe|cellule de veille|resolution des situations", "complex-situations-unit"),
        ("comite pilotage|comite de pilotage|copil|comite strategique|comite directeur", "steering-committee"),
        ("assemblee pleniere|assemblees plenieres|pleniere|plenieres|assemblee generale", "plenary-assembly"),
        ("comite technique|cotech|comite operationnel|groupe technique|equipe technique", "technical-committee"),
        ("comite restreint|pleniere restreinte|conseil restreint", "restricted-committee"),
        ("cellule coordination|cellule de coordination|equipe de coordination|comite de coordination|coordination", "coordination-unit"),
        ("instance citoyenne|comite citoyen|comite des usagers|conseil citoyen|comite usagers|college des usagers", "citizen-body"),
        ("bureau", "bureau"),
    ];

    private static readonly (string Words, string Code)[] Frequencies =
    [
        ("une a deux fois par an|1 a 2 fois par an|1 a 2 par an|une ou deux fois par an", "once-or-twice-yearly"),
        ("tous les deux ans|tous les 2 ans|biennal|biennale|bisannuelle", "every-two-years"),
        ("deux fois par an|2 fois par an|2 par an|deux par an|semestriel|semestrielle|biannuel|biannuelle|tous les six mois|tous les 6 mois", "twice-yearly"),
        ("trois fois par an|3 fois par an|3 par an", "three-times-a-year"),
        ("plusieurs fois par an", "several-times-a-year"),
        ("tous les deux mois|tous les 2 mois|bimestriel|bimestrielle", "every-two-months"),
        ("trimestriel|trimestrielle|tous les trois mois|tous les 3 mois|quatre fois par an|4 fois par an|4 par an|chaque trimestre", "quarterly"),
        ("mensuel|mensuelle|chaque mois|tous les mois|une fois par mois|1 fois par mois", "monthly"),
        ("hebdomadaire|chaque semaine|toutes les semaines", "weekly"),
        ("annuel|annuelle|annuellement|chaque annee|tous les ans|une fois par an|1 fois par an|1 par an|une par an", "yearly"),
        ("au besoin|selon les besoins|selon besoin|a la demande|ponctuel|ponctuelle|en tant que de besoin", "as-needed"),
    ];

    private static readonly (string Words, string Code)[] Themes =
    [
        ("logement|habitat|residentiel|hebergement|locatif", "housing"),
        ("precarite|grande precarite|pauvrete|sans abri", "precariousness"),
        ("personnes agees|vieillissement|seniors|geronto|gerontologie|gerontopsychiatrie", "older-people"),
        ("situations complexes|cas complexes", "complex-situations"),
        ("secret professionnel|confidentialite|partage d information", "confidentiality"),
        ("prevention|prevenir", "prevention"),
        ("accessibilite", "accessibility"),
        ("jeunes|jeune|jeunesse", "young-people"),
        ("enfance|enfants|enfant|adolescence|adolescents|adolescent|jeune age|perinatalite|parentalite", "children-and-adolescents"),
        ("etudiants|etudiant", "students"),
        ("acces aux soins|soins|acces a des soins|acces a la sante", "access-to-care"),
        ("continuite des soins", "continuity-of-care"),
        ("parcours", "care-pathways"),
        ("crise|urgence|urgences", "crisis-and-emergency"),
        ("reperage|detection", "early-detection"),
        ("suicide|suicidaire", "suicide-prevention"),
        ("addiction|addictions|addictologie", "addictions"),
        ("promotion", "mental-health-promotion"),
        ("determinants", "health-determinants"),
        ("destigmatisation|stigmatisation|discriminations", "destigmatisation"),
        ("information|informer|communication|sensibilisation|sism", "information"),
        ("formation|former", "training"),
        ("inclusion|insertion sociale|exclusion|isolement", "social-inclusion"),
        ("citoyennete|citoyenne|citoyen", "citizenship"),
        ("rehabilitation|rehabiliter", "psychosocial-rehabilitation"),
        ("emploi|travail|insertion professionnelle|professionnellement", "employment"),
        ("culture|loisirs", "culture"),
        ("pair aidance|entraide", "peer-support"),
        ("aidants|familles", "carers-and-families"),
        ("participation|expression|personnes concernees|parole des usagers", "user-participation"),
        ("droits", "access-to-rights"),
        ("ethique", "ethics"),
        ("coordination|coordonner|interdisciplinaire", "coordination"),
        ("observation|observatoire", "observation"),
        ("neurodeveloppement", "neurodevelopmental-disorders"),
    ];

    private static readonly (string Words, string Code)[] Frameworks =
    [
        ("contrat local de securite", "local-security-contract"),
        ("ptsm|projet territorial de sante mentale", "ptsm"),
        ("contrat de ville", "contrat-de-ville"),
        ("asv|atelier sante ville|ateliers sante ville", "asv"),
        ("plan local de sante publique|plsp", "local-public-health-plan"),
        ("cls|contrat local de sante", "cls"),
    ];

    private static readonly (string Words, string Code)[] EventKinds =
    [
        ("assemblee pleniere|seance pleniere|pleniere", "plenary-session"),
        ("journees nationales|rencontres nationales|rencontre nationale|journee nationale", "national-meeting"),
        ("signature", "signing"),
        ("lancement|installation|inauguration", "launch"),
        ("forum", "forum"),
        ("atelier|ateliers", "workshop"),
        ("formation|formations|formees|stages|stage", "training"),
        ("conference|conferences|colloque|table ronde", "conference"),
        ("debat|debats|cine debat", "debate"),
        ("projection|cinema", "screening"),
        ("exposition", "exhibition"),
        ("sism|semaines d information|semaine d information", "sism"),
        ("rencontre|petit dejeuner|petits dejeuners|reunion", "meeting"),
        ("journee|journees", "theme-day"),
        ("semaine", "theme-week"),
        ("mois", "theme-month"),
    ];

    private static readonly (string Words, string Code)[] Categories =
    [
        ("ars|agence regionale de sante", "regional-health-agency"),
        ("association d usagers|associations d usagers|unafam|fnapsy|ufc|representants des usagers|representants d usagers|advocacy|argos|apajh|adapei|collectif inter associatif|ciss", "user-associations"),
        ("gem|groupe d entraide|groupes d entraide", "mutual-support-groups"),
        ("pair aidant|pairs aidants", "peer-support-workers"),
        ("usagers|usager|personnes concernees|personnes malades|patients|personnes accompagnees", "users-and-patients"),
        ("aidants|familles|proches", "carers-and-families"),
        ("elus|elu|elue|maire|president de la|vice presidente|conseiller|conseillere|adjoint|adjointe", "elected-officials"),
        ("ccas|cias|centre communal d action sociale|centre intercommunal d action sociale", "ccas"),
        ("conseil departemental|conseil general|departement|cd2a|cd", "department-council"),
        ("conseil regional|region|ctc|collectivite de corse|collectivite territoriale de corse", "regional-council"),
        ("cpts|communaute professionnelle territoriale", "cpts"),
        ("communaute|metropole|agglomeration|agglo|intercommunalite|syndicat mixte|epci", "intercommunality"),
        ("services municipaux|service municipal|direction municipale", "municipal-services"),
        ("ville|mairie|commune|mairies|villes|communes", "municipalities"),
        ("prefecture|ddets|ddcs|direction departementale|dreets|etat", "state-services"),
        ("cpam|caf|msa|assurance maladie|mutualite|carsat|carmi", "health-insurance"),
        ("ordre des", "professional-orders"),
        ("dac|dispositif d appui|plateforme de coordination|pco", "coordination-networks"),
        ("crehpsy|rehabilitation|centre ressources", "rehabilitation-resource-centres"),
        ("ireps|codes|promotion de la sante|education pour la sante|ccoms|prevention", "health-promotion"),
        ("addictions|addiction|addictologie|csapa|caarud", "addiction-services"),
        ("samsah|savs|equipe mobile|equipes mobiles|ssiad", "mobile-teams-and-support-services"),
        ("psychiatrie|psychiatrique|epsm|cmp|cmpea|secteur psychiatrique|sante mentale", "public-psychiatry"),
        ("hopital|hopitaux|centre hospitalier|chu|chru|ch|ght|groupe hospitalier|groupement hospitalier|clinique|etablissement public de sante|etablissements de sante|eps|chs", "health-establishments"),
        ("liberaux", "private-practitioners"),
        ("medecins|medecin|professionnels de sante|infirmiers|psychologues|personnel infirmier", "health-professionals"),
        ("aide sociale a l enfance|protection de l enfance|ase", "child-protection"),
        ("personnes agees|ehpad", "elderly-care-homes"),
        ("aide a domicile", "home-help-services"),
        ("handicap|mdph|esat", "disability-services"),
        ("tutelles|tutelaires|mandataires", "guardianship-services"),
        ("medico sociaux|medico social|medico sociale", "medico-social-services"),
        ("centres sociaux|maisons de quartier|maisons de quartiers|centre social", "social-centres"),
        ("services sociaux|acteurs sociaux|action sociale|social|sociaux|mds|solidarites", "social-services"),
        ("bailleurs|bailleur", "social-landlords"),
        ("logement|hebergement|chrs|fnars|pact", "housing"),
        ("universite|crous|enseignement superieur", "higher-education"),
        ("education nationale|education|ecole|college|lycee", "national-education"),
        ("educatifs|educatif", "educational-services"),
        ("jeunesse|jeunes|mission locale|paej", "youth-services"),
        ("insertion|emploi|france travail|pole emploi", "employment"),
        ("bibliotheques|bibliothecaires|culture|culturels", "culture"),
        ("justice|parquet|tribunal|spip|pjj", "justice"),
        ("police|policiers|gendarmerie|securite", "police"),
        ("commercants|entreprises", "businesses"),
        ("benevoles", "volunteers"),
        ("habitants|citoyens|toute personne", "residents"),
        ("association|associations", "local-associations"),
        ("soins|sante", "health-services"),
        ("professionnels", "professionals"),
        ("structures|institutions|acteurs|partenaires", "local-players"),
    ];

    private static readonly (string Words, string Code)[] ContactFunctions =
    [
        ("coordinateur|coordinatrice|coordonnateur|coordonnatrice|coordination|animateur|animatrice", "coordinator"),
        ("secretariat|secretaire", "secretariat"),
        ("elu|elue|adjoint|adjointe", "lead-elected-official"),
        ("presidence|president|presidente|maire", "presidency"),
        ("presse|communication", "press"),
        ("cellule|situations complexes", "complex-situations"),
    ];

    public static string? Status(string text) => Statuses.GetValueOrDefault(PlainText.Fold(text));

    public static IEnumerable<string> StatusWords => ["actif", "projet", "prefiguration", "en-pause", "clos", "inconnu"];

    public static string? BodyType(string text) => First(BodyTypes, text);

    public static string? Frequency(string text) => First(Frequencies, text);

    public static IReadOnlyList<string> ThemesOf(string text) => All(Themes, text);

    public static string Framework(string text) => First(Frameworks, text) ?? "other";

    public static string EventKind(string text) => First(EventKinds, text) ?? "other";

    public static string? Category(string text) => First(Categories, text);

    public static string ContactFunction(string text) => First(ContactFunctions, text) ?? "general-enquiries";

    /// <summary>The kind of council that its names speak of.</summary>
    public static string CouncilKind(string names)
    {
        var key = $" {PlainText.Fold(names)} ";
        bool Has(string word) => key.Contains($" {word} ", StringComparison.Ordinal);
        return Has("clsm a") || (key.Contains(" sante mentale", StringComparison.Ordinal) && Has("addictions")) ? "clsm-a"
            : Has("csme") || Has("etudiants") || Has("etudiant") ? "csme"
            : Has("cosm") || Has("conseil d orientation") ? "cosm"
            : Has("cism") || Has("conseil intercommunal") ? "cism"
            : Has("reseau") ? "network"
            : Has("clsm") || Has("c l s m") || CouncilInWords().IsMatch(key) ? "clsm"
            : "other";
    }

    /// <summary>The function that a line on the presidency speaks of.</summary>
    public static string PostFunction(string function, string text)
    {
        var (named, words) = (PlainText.Fold(function), PlainText.Fold(text));
        bool Any(params string[] parts) => parts.Any(part => words.Contains(part, StringComparison.Ordinal) || named.Contains(part, StringComparison.Ordinal));
        return Any("co presid", "copresid") ? "co-chair"
            : words.StartsWith("vice presid", StringComparison.Ordinal) || named.StartsWith("vice presid", StringComparison.Ordinal) && !Presides().IsMatch(words) ? "vice-chair"
            : Presides().IsMatch(words) || named.StartsWith("presid", StringComparison.Ordinal) || words.StartsWith("presid", StringComparison.Ordinal) ? "chair"
            : Any("secretaire general") ? "secretary-general"
            : Any("tresorier") ? "treasurer"
            : Any("rapporteur") ? "rapporteur"
            : named is "maire" or "le maire" or "la maire" ? "chair"
            : Any("coanim", "co anim") ? "co-facilitator"
            : Any("adjoint", "conseiller", "elu ", "elue ", "referent") ? "lead-elected-official"
            : "other";
    }

    private static string? First((string Words, string Code)[] table, string text)
    {
        var key = $" {PlainText.Fold(text)} ";
        return Array.Find(table, entry => entry.Words.Split('|').Any(word => key.Contains($" {word} ", StringComparison.Ordinal))).Code;
    }

    private static List<string> All((string Words, string Code)[] table, string text)
    {
        var key = $" {PlainText.Fold(text)} ";
        return [.. table.Where(entry => entry.Words.Split('|').Any(word => key.Contains($" {word} ", StringComparison.Ordinal))).Select(entry => entry.Code)];
    }

    [GeneratedRegex(" (?:conseil|comite|contrat) locale? (?:de la |de |en )?sante mentale ")]
    private static partial Regex CouncilInWords();

    [GeneratedRegex("sous la presidence|preside(?:e|es|s)? par|en est (?:le |la )?president|presidence assuree")]
    private static partial Regex Presides();
}
