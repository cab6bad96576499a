using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>Governance bodies.</summary>
internal sealed partial class BodyMapper(MappingContext context)
{
    public List<GovernanceBody> Map()
    {
        var bodies = new List<GovernanceBody>();
        foreach (var cell in context.List(context.Sheet["instances"]))
        {
            var known = cell.IsObject ? context.Members(cell, "instances") : new Dictionary<string, Cell> { ["nom"] = cell };
            var (typeCell, role, often) = (known.GetValueOrDefault("type"), known.GetValueOrDefault("role"), known.GetValueOrDefault("frequence"));
            var nameCell = known.TryGetValue("nom", out var named) && named.Text is not null ? named : typeCell;
            if (nameCell.TextWithin(300) is not { } name || bodies.Count >= 499)
            {
                continue;
            }

            var typed = typeCell.Text is { } typeWords ? FrenchVocabulary.BodyType(typeWords) : null;
            if (typed is not null || PlainText.Fold(typeCell.Text ?? "") is "autre" or "other")
            {
                context.Unmapped.MarkUsed(typeCell);
            }

            var about = new EvidenceMap();
            var type = typed ?? FrenchVocabulary.BodyType(name) ?? "other";
            if (typed is null)
            {
                about["/type"] = SheetEvidence.ByWords(name);
            }

            var purpose = role.Leaves().Any() ? Cell.Join(role.Leaves(), 10_000) : null;
            var frequency = FrequencyOf(often, about);
            var composition = CompositionOf(known.GetValueOrDefault("composition"), about);
            var openness = purpose is not null && OpenToAll().IsMatch(purpose) ? "open" : null;
            if (openness is not null)
            {
                about["/openness"] = SheetEvidence.ByWords(purpose!);
            }

            var isMentioned = purpose is null && frequency is null && composition is null;
            about[""] = isMentioned ? new Evidence { State = "mentioned", Source = context.SourceId } : context.Stated();
            foreach (var (pointer, isThere) in new[] { ("/purpose", purpose is not null), ("/meetingFrequency", frequency is not null), ("/composition", composition is not null), ("/openness", openness is not null), ("/posts", false) })
            {
                if (!isThere)
                {
                    about[pointer] = SheetEvidence.NotStated;
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
        var cell = context.Sheet["celluleSituationsComplexes"];
        var leaves = cell.Leaves().ToList();
        if (leaves.Count == 0 || PlainText.Fold(leaves[0].Text!) is "non" or "false" or "aucune")
        {
            return;
        }

        var isBare = PlainText.Fold(leaves[0].Text!) is "oui" or "true";
        var text = isBare ? "Cellule situations complexes" : Cell.Join(leaves, 10_000);
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
                Evidence = new EvidenceMap { [""] = new() { State = "mentioned", Source = context.SourceId } },
            });
            if (isBare)
            {
                context.Unmapped.MarkUsed(leaves[0]);
            }
        }
        else if (same >= 0)
        {
            var body = bodies[same];
            var isLonger = key.Length > PlainText.Fold(body.Name).Length;
            var purpose = !isLonger ? body.Purpose : body.Purpose is null ? text : $"{body.Purpose}\n{text}";
            var about = body.Evidence!;
            about["/type"] = SheetEvidence.Inferred($"La fiche la donne comme cellule des situations complexes : « {text} ».");
            if (isLonger && purpose!.Length <= 10_000)
            {
                about.Remove("/purpose");
                about[""] = context.Stated();
            }

            bodies[same] = body with { Type = "complex-situations-unit", Purpose = purpose!?.Length <= 10_000 ? purpose : body.Purpose };
        }
    }

    private static MeetingFrequency? FrequencyOf(Cell cell, EvidenceMap about)
    {
        if (Cell.Join(cell.Leaves(), 500) is not { } text)
        {
            return null;
        }

        about["/meetingFrequency/code"] = SheetEvidence.ByWords(text);
        return new MeetingFrequency { Code = FrenchVocabulary.Frequency(text) ?? "other", Text = text };
    }

    private List<CompositionEntry>? CompositionOf(Cell cell, EvidenceMap about)
    {
        var entries = new List<CompositionEntry>();
        foreach (var member in context.NamesIn(cell))
        {
            if (member.TextWithin(500) is not { } label || entries.Count >= 400 || entries.Exists(entry => entry.Label == label))
            {
                continue;
            }

            var organisation = OrganisationNames.IsOrganisation(label) ? context.Organisations.Find(label) : null;
            var category = FrenchVocabulary.Category(label);
            entries.Add(new CompositionEntry { Label = label, Category = category, Organisation = organisation?.Reference });
            if (category is not null)
            {
                about[$"/composition{ValidationError.Segment(label)}/category"] = SheetEvidence.ByWords(label);
            }
        }

        return entries.NullIfEmpty();
    }

    [GeneratedRegex(@"ouverte?s? à tou[ts]|ouverte?s? à l['’]ensemble", RegexOptions.IgnoreCase)]
    private static partial Regex OpenToAll();
}
