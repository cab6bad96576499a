using System.Text.Json;
using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>When a council was founded and by whom.</summary>
internal sealed partial class FoundationMapper(MappingContext context, OrganisationMapper organisations)
{
    public Foundation? Map()
    {
        var (yearCell, textCell) = (context.Sheet["anneeCreation"], context.Sheet["creationTexte"]);
        var texts = textCell.Leaves().Select(leaf => leaf.Text!).ToList();
        var text = string.Join(" ; ", texts) is { Length: > 0 and <= 2000 } words ? words : null;
        var stated = yearCell.Text is { } year ? FrenchDates.Parse(year) : null;
        var shown = stated;
        if (stated is not null)
        {
            context.Unmapped.MarkUsed(yearCell);
        }
        else if (yearCell.Text is not null)
        {
            context.Note(new ValidationError("date-not-understood", [yearCell.Text]) { Value = yearCell.Text }, yearCell);
        }

        var inText = text is null ? [] : FrenchDates.Find(text);
        var founding = inText.Where(date => IsFounding(text!, date)).ToList();
        if (shown is { Precision: "year", Value: var wanted })
        {
            // A closer date of the same year, where the words say that it is the birth.
            shown = founding.Where(date => date.Year == wanted).Select(date => date.Date).OrderByDescending(date => date.Value.Length).FirstOrDefault() ?? shown with { Text = shown.Text == wanted ? null : shown.Text };
        }
        else if (shown is null)
        {
            shown = founding.Select(date => date.Date.Value).Distinct().Count() == 1 ? founding[0].Date : inText is [{ Date: var only }] && IsNothingElse(text!, inText[0]) ? only : null;
        }

        var others = shown is null ? [] : inText.Select(date => date.Date).Where(date => date.Value[..4] != shown.Value[..4]).DistinctBy(date => date.Text).Take(50).ToList();
        if (others.Count > 0)
        {
            context.Note(
                new ValidationError(founding.Exists(date => date.Year != shown!.Value[..4]) ? "sources-disagree" : "other-dates", [shown!.Value, string.Join(", ", others.Select(date => date.Text))]) { Value = shown.Value },
                textCell);
            context.Evidence["/foundation/otherDates"] = context.Stated("Dates que le texte de la fiche donne aussi ; celle qui est montrée est une autre.");
        }

        var founders = context.Sheet["partenairesFondateurs"].Value.ValueKind is JsonValueKind.Undefined ? [] : Founders();
        return shown is null && text is null && founders.Count == 0
            ? null
            : new Foundation { Date = shown, OtherDates = others.NullIfEmpty(), Founders = founders.NullIfEmpty(), Text = text };
    }

    private List<OrganisationReference> Founders()
    {
        var founders = new List<OrganisationReference>();
        foreach (var name in context.NamesIn(context.Sheet["partenairesFondateurs"]))
        {
            if (OrganisationNames.IsOrganisation(name.Text!) && context.Organisations.Find(name.Text!) is { } found)
            {
                if (founders.Count < 50 && !founders.Exists(founder => founder.Name == found.Name))
                {
                    founders.Add(found.Reference);
                }
            }
            else
            {
                // A kind of founders is no organisation; that it founds is kept in its own words.
                organisations.AddCategory(name);
                context.Unmapped.Keep(name.Pointer, name.Text!);
            }
        }

        return founders;
    }

    /// <summary>The words just before the date say that it is the birth: "créé en", "installé le", "mis en place depuis".</summary>
    private static bool IsFounding(string text, DateInWords date)
    {
        var before = text[Math.Max(0, date.Start - 60)..date.Start];
        return Birth().IsMatch(before);
    }

    private static bool IsNothingElse(string text, DateInWords date) => Joint().IsMatch(text[..date.Start]) && text[date.End..].Trim(' ', '.').Length == 0;

    [GeneratedRegex(@"(?:cré[ée]e?s?|fond[ée]e?s?|install[ée]e?s?|lanc[ée]e?s?|officialis[ée]e?s?|mise?s? en place|en place|constitu[ée]e?s?|inaugur[ée]e?s?|création)(?: officiellement| officialisée?)?\s*(?:,\s*)?(?:en|le|au|depuis|courant|fin|d[ée]but|depuis le|à l['’]|dès|à)?\s*(?:début|fin)?\s*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?\s*(?:l['’])?$", RegexOptions.IgnoreCase)]
    private static partial Regex Birth();

    [GeneratedRegex(@"^\s*(?:(?:en|le|au|depuis|courant|fin|d[ée]but|à l['’]|dans|l['’])\s*)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();
}
