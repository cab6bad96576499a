using System.Globalization;
using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>Events, and the days in their names.</summary>
internal sealed partial class EventMapper(MappingContext context)
{
    public List<CouncilEvent> Map()
    {
        var events = new List<CouncilEvent>();
        foreach (var cell in context.NamesIn(context.Sheet["evenements"]))
        {
            if (cell.TextWithin(300) is not { } name || events.Count >= 1000)
            {
                continue;
            }

            var (from, to) = DaysIn(name);
            var recurrence = FrenchVocabulary.Frequency(name) is { } often && often is "yearly" or "twice-yearly" or "quarterly" or "monthly" or "weekly" or "every-two-years" ? FrenchVocabulary.Frequency(name) : null;
            var about = new EvidenceMap { [""] = context.Stated(), ["/kind"] = SheetEvidence.ByWords(name), ["/themes"] = SheetEvidence.NotStated };
            about["/recurrence"] = recurrence is null ? SheetEvidence.NotStated : SheetEvidence.ByWords(name);
            if (from is null)
            {
                about["/from"] = SheetEvidence.NotStated;
            }

            var councilEvent = new CouncilEvent { Name = name, Kind = FrenchVocabulary.EventKind(name), Recurrence = recurrence, From = from, To = to, Evidence = about };
            if (!events.Exists(other => other.NaturalKey == councilEvent.NaturalKey))
            {
                events.Add(councilEvent);
            }
        }

        return events;
    }

    private static (DateOnly? From, DateOnly? To) DaysIn(string text)
    {
        if (DaySpan().Match(text) is { Success: true } span)
        {
            var (first, last) = (DayOf($"{span.Groups[1].Value} {span.Groups[3].Value}"), DayOf($"{span.Groups[2].Value} {span.Groups[3].Value}"));
            return first <= last ? (first, last) : (null, null);
        }

        return FrenchDates.Find(text).Where(date => date.Date.Precision == "day").ToList() is [var only] ? (DayOf(only.Date.Value), null) : (null, null);
    }

    private static DateOnly? DayOf(string text) =>
        FrenchDates.Parse(text) is { Precision: "day", Value: var value } ? DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"(?<!\d)(\d{1,2})\s*(?:-|–|au|et)\s*(\d{1,2})\s+(\p{L}+\.?\s+(?:19|20)\d\d)", RegexOptions.IgnoreCase)]
    private static partial Regex DaySpan();
}
