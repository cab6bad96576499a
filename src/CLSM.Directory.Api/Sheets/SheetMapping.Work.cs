using System.Globalization;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Text;
using CLSM.Directory.Api.Statements;

namespace CLSM.Directory.Api.Sheets;

/// <content>What a council works on, with what means.</content>
internal sealed partial class SheetMapping
{
    private List<Objective>? MapObjectives()
    {
        var objectives = new List<Objective>();
        foreach (var cell in List(sheet["axes"]))
        {
            var texts = cell.Leaves().ToList();
            var objective = texts.Count == 1 && !cell.IsObject ? new Objective { Text = Fit(texts[0], 5000) }
                : new Objective { Title = texts.Count > 0 ? Fit(texts[0], 300) : null, Text = texts.Count > 1 ? Joined(texts.Skip(1), 5000) : null };
            if ((objective.Text ?? objective.Title) is not null && objectives.Count < 100 && !objectives.Contains(objective))
            {
                objectives.Add(objective);
            }
        }

        return Some(objectives);
    }

    private List<Post>? MapPosts()
    {
        var posts = new List<Post>();
        foreach (var cell in List(sheet["presidence"]))
        {
            var known = cell.IsObject ? Members(cell, "presidence") : new Dictionary<string, Cell> { ["texte"] = cell };
            var (function, text) = (known.GetValueOrDefault("fonction").Text ?? "", known.GetValueOrDefault("texte").Text ?? "");
            var label = text.Length == 0 || PlainText.Fold(function).Contains(PlainText.Fold(text), StringComparison.Ordinal) ? function
                : PlainText.Fold(text).Contains(PlainText.Fold(function), StringComparison.Ordinal) ? text
                : $"{text} : {function}";
            if (string.IsNullOrWhiteSpace(label) || label.Length > 500 || posts.Count >= 50)
            {
                continue;
            }

            var code = FrenchWords.PostFunction(function, text);
            var post = new Post { Function = code, Label = label };
            if (!posts.Contains(post))
            {
                posts.Add(post);
                evidence[$"/posts{Violation.Segment(label)}/function"] = ByWords(label);
            }
        }

        return Some(posts);
    }

    private Means? MapMeans()
    {
        var funders = new List<Funder>();
        foreach (var cell in List(sheet["financement"]))
        {
            var known = cell.IsObject ? Members(cell, "financement") : new Dictionary<string, Cell> { ["texte"] = cell };
            var (name, text) = (known.GetValueOrDefault("financeur"), known.GetValueOrDefault("texte"));
            var (amount, share) = (Amount(known.GetValueOrDefault("montant")), Share(known.GetValueOrDefault("part")));
            var organisation = name.Text is { } named && OrganisationNames.IsOrganisation(named) ? organisations.Find(named) : null;
            string?[] words = [organisation is null ? name.Text : null, text.Text];
            var said = string.Join(" : ", words.OfType<string>());
            var years = text.Text is null ? [] : FuzzyDates.Find(text.Text).Select(date => date.Year).Distinct().ToList();
            var funder = new Funder
            {
                Organisation = organisation?.Reference,
                Amount = amount,
                Share = share,
                Year = years is [var year] ? int.Parse(year, CultureInfo.InvariantCulture) is var number and >= 1950 ? number : null : null,
                Text = said.Length is > 0 and <= 1000 ? said : null,
            };
            if (funder != new Funder() && funders.Count < 100)
            {
                funders.Add(funder);
            }
        }

        return funders.Count == 0 ? null : new Means { Funders = funders };
    }

    private decimal? Amount(Cell cell)
    {
        if (cell.Text is not { } text)
        {
            return null;
        }

        var digits = AmountWords().Match(text);
        if (digits.Success && decimal.TryParse(Blanks().Replace(digits.Groups[1].Value, "").Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= 1_000_000_000)
        {
            Place(cell);
            return amount;
        }

        Note(new Violation("number-not-understood", [text]) { Value = text }, cell);
        return null;
    }

    private decimal? Share(Cell cell)
    {
        if (cell.Text is not { } text)
        {
            return null;
        }

        var match = ShareWords().Match(text);
        if (match.Success && decimal.TryParse(match.Groups[1].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && (match.Groups[2].Success || share > 1 ? share / 100 : share) is var fraction && fraction is >= 0 and <= 1)
        {
            Place(cell);
            return fraction;
        }

        Note(new Violation("number-not-understood", [text]) { Value = text }, cell);
        return null;
    }

    private List<Framework>? MapFrameworks()
    {
        var frameworks = new List<Framework>();
        foreach (var leaf in List(sheet["cadres"]).SelectMany(cell => cell.Leaves()))
        {
            if (Fit(leaf, 500) is { } label && frameworks.Count < 50)
            {
                var framework = new Framework { Kind = FrenchWords.Framework(label), Label = label };
                if (!frameworks.Contains(framework))
                {
                    frameworks.Add(framework);
                    evidence[$"/frameworks{Violation.Segment(label)}/kind"] = ByWords(label);
                }
            }
        }

        return Some(frameworks);
    }

    private List<string>? ThemesOf(CouncilDocument document)
    {
        var words = (document.Objectives ?? []).Select(objective => objective.Title ?? objective.Text!).ToList();
        var themes = words.SelectMany(FrenchWords.ThemesOf).Concat((document.WorkingGroups ?? []).SelectMany(group => group.Themes ?? [])).Distinct().ToList();
        if (themes.Count > 0)
        {
            evidence["/themes"] = Inferred("Classement de l’annuaire d’après les mots des axes et des groupes de travail.");
        }

        return Some(themes);
    }

    private Participation? MapParticipation()
    {
        foreach (var category in categories)
        {
            evidence[$"/participation/categories{Violation.Segment(category.Label)}/category"] = ByWords(category.Label);
        }

        return categories.Count == 0 ? null : new Participation { Categories = categories };
    }

    [GeneratedRegex(@"^(\d(?:[ \u00A0\u202F]*\d)*(?:[.,]\d{1,2})?)\s*(?:€|euros?|EUR)?$", RegexOptions.IgnoreCase)]
    private static partial Regex AmountWords();

    [GeneratedRegex(@"[ \u00A0\u202F]")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(\d+(?:[.,]\d+)?)\s*(%)?$")]
    private static partial Regex ShareWords();
}
