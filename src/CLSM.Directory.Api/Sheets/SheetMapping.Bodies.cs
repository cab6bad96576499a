using System.Globalization;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Text;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.Sheets;

/// <content>Governance bodies, working groups and events.</content>
internal sealed partial class SheetMapping
{
    private List<GovernanceBody> MapBodies()
    {
        var bodies = new List<GovernanceBody>();
        foreach (var cell in List(sheet["instances"]))
        {
            var known = cell.IsObject ? Members(cell, "instances") : new Dictionary<string, Cell> { ["nom"] = cell };
            var (typeCell, role, often) = (known.GetValueOrDefault("type"), known.GetValueOrDefault("role"), known.GetValueOrDefault("frequence"));
            var nameCell = known.TryGetValue("nom", out var named) && named.Text is not null ? named : typeCell;
            if (Fit(nameCell, 300) is not { } name || bodies.Count >= 499)
            {
                continue;
            }

            var typed = typeCell.Text is { } typeWords ? FrenchWords.BodyType(typeWords) : null;
            if (typed is not null || PlainText.Fold(typeCell.Text ?? "") is "autre" or "other")
            {
                Place(typeCell);
            }

            var about = new EvidenceMap();
            var type = typed ?? FrenchWords.BodyType(name) ?? "other";
            if (typed is null)
            {
                about["/type"] = ByWords(name);
            }

            var purpose = role.Leaves().Any() ? Joined(role.Leaves(), 10_000) : null;
            var frequency = FrequencyOf(often, about);
            var composition = CompositionOf(known.GetValueOrDefault("composition"), about);
            var openness = purpose is not null && OpenToAll().IsMatch(purpose) ? "open" : null;
            if (openness is not null)
            {
                about["/openness"] = ByWords(purpose!);
            }

            var isMentioned = purpose is null && frequency is null && composition is null;
            about[""] = isMentioned ? new Evidence { State = "mentioned", Source = source } : Stated();
            foreach (var (pointer, isThere) in new[] { ("/purpose", purpose is not null), ("/meetingFrequency", frequency is not null), ("/composition", composition is not null), ("/openness", openness is not null), ("/posts", false) })
            {
                if (!isThere)
                {
                    about[pointer] = NotStated;
                }
            }

            var body = new GovernanceBody { Type = type, Name = name, Purpose = purpose, Openness = openness, MeetingFrequency = frequency, Composition = composition, Evidence = about };
            if (!bodies.Exists(other => other.NaturalKey == body.NaturalKey))
            {
                bodies.Add(body);
            }
        }

        AddComplexSituationsUnit(bodies);
        return bodies;
    }

    private void AddComplexSituationsUnit(List<GovernanceBody> bodies)
    {
        var cell = sheet["celluleSituationsComplexes"];
        var leaves = cell.Leaves().ToList();
        if (leaves.Count == 0 || PlainText.Fold(leaves[0].Text!) is "non" or "false" or "aucune")
        {
            return;
        }

        var isBare = PlainText.Fold(leaves[0].Text!) is "oui" or "true";
        var text = isBare ? "Cellule situations complexes" : Joined(leaves, 10_000);
        if (text is null)
        {
            return;
        }

        var key = PlainText.Fold(text);
        var same = bodies.FindIndex(body => PlainText.Fold(body.Name) is var name && (key.Contains(name, StringComparison.Ordinal) || name.Contains(key, StringComparison.Ordinal)));
        if (same < 0 && text.Length <= 300)
        {
            bodies.Add(new GovernanceBody
            {
                Type = "complex-situations-unit",
                Name = text,
                Evidence = new EvidenceMap { [""] = new() { State = "mentioned", Source = source } },
            });
            if (isBare)
            {
                Place(leaves[0]);
            }
        }
        else if (same >= 0)
        {
            var body = bodies[same];
            var isLonger = key.Length > PlainText.Fold(body.Name).Length;
            var purpose = !isLonger ? body.Purpose : body.Purpose is null ? text : $"{body.Purpose}\n{text}";
            var about = body.Evidence!;
            about["/type"] = Inferred($"La fiche la donne comme cellule des situations complexes : « {text} ».");
            if (isLonger && purpose!.Length <= 10_000)
            {
                about.Remove("/purpose");
                about[""] = Stated();
            }

            bodies[same] = body with { Type = "complex-situations-unit", Purpose = purpose!?.Length <= 10_000 ? purpose : body.Purpose };
        }
    }

    private static MeetingFrequency? FrequencyOf(Cell cell, EvidenceMap about)
    {
        if (Joined(cell.Leaves(), 500) is not { } text)
        {
            return null;
        }

        about["/meetingFrequency/code"] = ByWords(text);
        return new MeetingFrequency { Code = FrenchWords.Frequency(text) ?? "other", Text = text };
    }

    private List<CompositionEntry>? CompositionOf(Cell cell, EvidenceMap about)
    {
        var entries = new List<CompositionEntry>();
        foreach (var member in NamesIn(cell))
        {
            if (Fit(member, 500) is not { } label || entries.Count >= 400 || entries.Exists(entry => entry.Label == label))
            {
                continue;
            }

            var organisation = OrganisationNames.IsOrganisation(label) ? organisations.Find(label) : null;
            var category = FrenchWords.Category(label);
            entries.Add(new CompositionEntry { Label = label, Category = category, Organisation = organisation?.Reference });
            if (category is not null)
            {
                about[$"/composition{Violation.Segment(label)}/category"] = ByWords(label);
            }
        }

        return Some(entries);
    }

    private List<WorkingGroup> MapGroups()
    {
        var groups = new List<WorkingGroup>();
        foreach (var cell in List(sheet["groupes"]))
        {
            var known = cell.IsObject ? Members(cell, "groupes") : new Dictionary<string, Cell> { ["nom"] = cell };
            var (theme, description) = (known.GetValueOrDefault("theme"), known.GetValueOrDefault("description"));
            var nameCell = known.TryGetValue("nom", out var named) && named.Text is not null ? named : theme;
            if (Fit(nameCell, 300) is not { } name || groups.Count >= 500)
            {
                continue;
            }

            var themeWords = Joined(theme.Leaves(), 900);
            var themes = themeWords is null ? [] : FrenchWords.ThemesOf(themeWords);
            var words = themes.Count > 0 ? themeWords! : name;
            themes = themes.Count > 0 ? themes : FrenchWords.ThemesOf(name);
            var purpose = Joined(description.Leaves(), 10_000);
            var about = new EvidenceMap { [""] = purpose is null && themes.Count == 0 ? new Evidence { State = "mentioned", Source = source } : Stated() };
            about["/themes"] = themes.Count > 0 ? ByWords(words) : NotStated;
            about["/kind"] = ByWords(name);
            foreach (var pointer in new[] { "/leads", "/outputs", "/status", "/composition", "/openness", "/typicalSize" })
            {
                about[pointer] = NotStated;
            }

            if (purpose is null)
            {
                about["/purpose"] = NotStated;
            }

            var group = new WorkingGroup { Kind = ClassOfGroups().IsMatch(name) ? "class" : "group", Name = name, Purpose = purpose, Themes = Some(themes.ToList()), Evidence = about };
            if (!groups.Exists(other => other.NaturalKey == group.NaturalKey))
            {
                groups.Add(group);
            }
        }

        return groups;
    }

    private List<CouncilEvent> MapEvents()
    {
        var events = new List<CouncilEvent>();
        foreach (var cell in NamesIn(sheet["evenements"]))
        {
            if (Fit(cell, 300) is not { } name || events.Count >= 1000)
            {
                continue;
            }

            var (from, to) = DaysIn(name);
            var recurrence = FrenchWords.Frequency(name) is { } often && often is "yearly" or "twice-yearly" or "quarterly" or "monthly" or "weekly" or "every-two-years" ? FrenchWords.Frequency(name) : null;
            var about = new EvidenceMap { [""] = Stated(), ["/kind"] = ByWords(name), ["/themes"] = NotStated };
            about["/recurrence"] = recurrence is null ? NotStated : ByWords(name);
            if (from is null)
            {
                about["/from"] = NotStated;
            }

            var councilEvent = new CouncilEvent { Name = name, Kind = FrenchWords.EventKind(name), Recurrence = recurrence, From = from, To = to, Evidence = about };
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

        return FuzzyDates.Find(text).Where(date => date.Date.Precision == "day").ToList() is [var only] ? (DayOf(only.Date.Value), null) : (null, null);
    }

    private static DateOnly? DayOf(string text) =>
        FuzzyDates.Parse(text) is { Precision: "day", Value: var value } ? DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"ouverte?s? à tou[ts]|ouverte?s? à l['’]ensemble", RegexOptions.IgnoreCase)]
    private static partial Regex OpenToAll();

    [GeneratedRegex(@"^(?:les |des )?groupes\s", RegexOptions.IgnoreCase)]
    private static partial Regex ClassOfGroups();

    [GeneratedRegex(@"(?<!\d)(\d{1,2})\s*(?:-|–|au|et)\s*(\d{1,2})\s+(\p{L}+\.?\s+(?:19|20)\d\d)", RegexOptions.IgnoreCase)]
    private static partial Regex DaySpan();
}
