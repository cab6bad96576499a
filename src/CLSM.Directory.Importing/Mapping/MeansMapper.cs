using System.Globalization;
using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The means of a council and who pays for them.</summary>
internal sealed partial class MeansMapper(MappingContext context)
{
    public Means? Map()
    {
        var funders = new List<Funder>();
        foreach (var cell in context.List(context.Sheet["financement"]))
        {
            var known = cell.IsObject ? context.Members(cell, "financement") : new Dictionary<string, Cell> { ["texte"] = cell };
            var (name, text) = (known.GetValueOrDefault("financeur"), known.GetValueOrDefault("texte"));
            var (amount, share) = (Amount(known.GetValueOrDefault("montant")), Share(known.GetValueOrDefault("part")));
            var organisation = name.Text is { } named && OrganisationNames.IsOrganisation(named) ? context.Organisations.Find(named) : null;
            string?[] words = [organisation is null ? name.Text : null, text.Text];
            var said = string.Join(" : ", words.OfType<string>());
            var years = text.Text is null ? [] : FrenchDates.Find(text.Text).Select(date => date.Year).Distinct().ToList();
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
            context.Unmapped.MarkUsed(cell);
            return amount;
        }

        context.Note(new ValidationError("number-not-understood", [text]) { Value = text }, cell);
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
            context.Unmapped.MarkUsed(cell);
            return fraction;
        }

        context.Note(new ValidationError("number-not-understood", [text]) { Value = text }, cell);
        return null;
    }

    [GeneratedRegex(@"^(\d(?:[ \u00A0\u202F]*\d)*(?:[.,]\d{1,2})?)\s*(?:€|euros?|EUR)?$", RegexOptions.IgnoreCase)]
    private static partial Regex AmountWords();

    [GeneratedRegex(@"[ \u00A0\u202F]")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(\d+(?:[.,]\d+)?)\s*(%)?$")]
    private static partial Regex ShareWords();
}
