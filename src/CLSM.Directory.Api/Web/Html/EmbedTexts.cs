using System.Globalization;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Api.Web.Html;

/// <summary>The words of the pages, in the language of their reader. The words of councils stay in theirs, which is French.</summary>
internal sealed record EmbedTexts(string Language)
{
    public static readonly EmbedTexts French = new("fr");
    public static readonly EmbedTexts English = new("en");

    public bool IsEnglish => Language == "en";

    public string Contact => Say("Contact", "Contact");

    public string Bodies => Say("Instances", "Governance bodies");

    public string Groups => Say("Groupes de travail", "Working groups");

    public string Territory => Say("Territoire", "Territory");

    public string Website => Say("Site web", "Website");

    public string Telephone => Say("Téléphone", "Telephone");

    public string Email => Say("Courriel", "E-mail");

    public string Address => Say("Adresse", "Address");

    public string NoContact => Say("Aucun contact public n’est connu de l’annuaire.", "The directory knows of no public contact.");

    public string NewWindow => Say("(nouvelle fenêtre)", "(new window)");

    public string Licence => Say("Licence Ouverte 2.0", "Open Licence 2.0");

    public string DataFrom => Say("Données de", "Data from");

    public string UpdatedOn => Say("mises à jour le", "updated on");

    public string Sources => Say("Sources", "Sources");

    public string ConsultedOn => Say("consultée le", "consulted on");

    public string SourceUpdatedOn => Say("mise à jour le", "updated on");

    public string OtherCouncils => Say("Chercher un autre conseil", "Find another council");

    public string Councils => Say("Conseils locaux de santé mentale", "Local mental health councils");

    public string Place => Say("Commune, code postal ou code INSEE", "Commune, postcode or INSEE code");

    public string Search => Say("Chercher", "Search");

    public string WhichPlace => Say("De quelle commune s’agit-il ?", "Which commune is it?");

    public string Departments => Say("Par département", "By département");

    public string Next => Say("Page suivante", "Next page");

    public string NoCouncil => Say(
        "L’annuaire ne connaît aucun conseil qui couvre ce territoire. Il en ignore peut-être un.",
        "The directory knows of no council that covers this territory. There may be one that it does not know.");

    public string Directory => Say("Annuaire des conseils locaux de santé mentale", "Directory of local mental health councils");

    public string NoPlace(string place) => Say($"Aucune commune ne s’appelle « {place} ».", $"No commune is called “{place}”.");

    public string Count(int total) => total switch
    {
        0 => Say("Aucun conseil", "No council"),
        1 => Say("1 conseil", "1 council"),
        _ => Say($"{total} conseils", $"{total} councils"),
    };

    /// <summary>What people read for a code.</summary>
    public string Label(string vocabulary, string code) =>
        VocabularyCatalogue.Get(vocabulary).ByCode.GetValueOrDefault(code)?.Label is { } label ? Say(label.Fr, label.En) : code;

    /// <summary>A day as people write it.</summary>
    public string Day(DateOnly day) => IsEnglish
        ? day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
        : day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public string Say(string french, string english) => IsEnglish ? english : french;
}
