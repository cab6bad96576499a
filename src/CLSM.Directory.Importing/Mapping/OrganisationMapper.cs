using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The organisations of a council, which of them carries it, and the categories of who takes part.</summary>
internal sealed partial class OrganisationMapper(MappingContext context)
{
    /// <summary>Full names first, so that a bare acronym finds the one that it stands for.</summary>
    public void Collect()
    {
        var named = new List<(Cell Name, string? Role, bool IsCategory)>();
        foreach (var (key, role) in new[] { ("partenairesFondateurs", "founder"), ("organisations", null) })
        {
            named.AddRange(context.NamesIn(context.Sheet[key]).Select(name => (name, role, !OrganisationNames.IsOrganisation(name.Text!))));
        }

        foreach (var funding in context.List(context.Sheet["financement"]).Where(cell => cell.IsObject))
        {
            var members = new Dictionary<string, Cell>(StringComparer.Ordinal);
            _ = CouncilSheet.Resolve(funding, CouncilSheet.Keys["financement"], members).Count();
            if (members.TryGetValue("financeur", out var funder) && funder.Text is { } name && OrganisationNames.IsOrganisation(name))
            {
                named.Add((funder, "funder", false));
            }
        }

        foreach (var body in context.List(context.Sheet["instances"]).Where(cell => cell.IsObject))
        {
            var members = new Dictionary<string, Cell>(StringComparer.Ordinal);
            _ = CouncilSheet.Resolve(body, CouncilSheet.Keys["instances"], members).Count();
            if (members.TryGetValue("composition", out var composition))
            {
                named.AddRange(context.NamesIn(composition).Where(member => OrganisationNames.IsOrganisation(member.Text!)).Select(member => (member, (string?)"member", false)));
            }
        }

        foreach (var (name, role, _) in named.Where(name => !name.IsCategory).OrderBy(name => OrganisationNames.IsBare(OrganisationNames.Split(name.Name.Text!).Outer)))
        {
            if (context.Organisations.All.Count < 500)
            {
                context.Organisations.Add(name.Text!, role);
            }
        }

        foreach (var carrier in context.Sheet["institutionCoordinatrice"].Leaves().SelectMany(leaf => CarriersOf(leaf.Text!)))
        {
            context.Organisations.Add(carrier, "carrier");
        }

        foreach (var (name, role, _) in named.Where(name => name.IsCategory && name.Role is null))
        {
            _ = role;
            AddCategory(name);
        }
    }

    private IReadOnlyList<string> CarriersOf(string text) =>
        context.Organisations.SplitCarriers(text) is { Count: > 0 } several ? several : OrganisationNames.IsOrganisation(text) ? [text] : [];

    public void AddCategory(Cell name)
    {
        if (name.TextWithin(500) is { } label && context.Categories.Count < 200 && !context.Categories.Exists(category => category.Label == label))
        {
            context.Categories.Add(new ParticipantCategory { Label = label, Category = FrenchVocabulary.Category(label) ?? (char.IsDigit(label[0]) ? "concerned-organisations" : "other") });
        }
    }

    public List<Organisation> Map() => [.. context.Organisations.All.Select(entry =>
    {
        var category = FrenchVocabulary.Category(entry.Acronym is null ? entry.Name : $"{entry.Name} {entry.Acronym}");
        var otherwise = entry.Words.Where(word => word != entry.Name).ToList();
        var about = new EvidenceMap()
        {
            [""] = context.Stated(otherwise.Count == 0 ? null : $"La fiche écrit aussi : {string.Join(" ; ", otherwise.Select(word => $"« {word} »"))}."),
        };
        if (entry.Merged.Count > 0)
        {
            about["/name"] = SheetEvidence.Inferred($"{string.Join(", ", entry.Merged.Select(word => $"« {word} »"))} : rapproché de la seule organisation de la fiche à laquelle ces mots conviennent.");
        }

        if (category is not null)
        {
            about["/category"] = SheetEvidence.ByWords(entry.Name);
        }

        return new Organisation { Name = entry.Name, Acronym = entry.Acronym, Category = category, Roles = entry.Roles.ToList().NullIfEmpty(), Evidence = about };
    })];

    public Coordination? MapCoordination()
    {
        var cells = context.Sheet["institutionCoordinatrice"].Leaves().ToList();
        if (cells.Count == 0)
        {
            return null;
        }

        var carriers = cells.SelectMany(cell => CarriersOf(cell.Text!)).Select(context.Organisations.Find).OfType<OrganisationNames.Entry>().Distinct().ToList();
        var units = cells.Select(cell => OrganisationNames.Split(cell.Text!).Inner).Where(inner => inner is { Length: <= 300 } && Unit().IsMatch(inner)).Select(inner => inner!).ToList();
        var text = string.Join(" ; ", cells.Select(cell => cell.Text));
        if (carriers.Count > 1)
        {
            context.Evidence["/coordination/organisation"] = SheetEvidence.Inferred($"La fiche nomme {carriers.Count} porteurs ; le premier est montré ici, tous ont le rôle de porteur.");
        }

        return new Coordination { Organisation = carriers.FirstOrDefault()?.Reference, UnitPath = units.Count == 1 && carriers.Count == 1 ? units : null, Text = text.Length <= 1000 ? text : null } is var coordination
            && (coordination.Organisation is not null || coordination.Text is not null) ? coordination : null;
    }

    public Participation? MapParticipation()
    {
        foreach (var category in context.Categories)
        {
            context.Evidence[$"/participation/categories{ValidationError.Segment(category.Label)}/category"] = SheetEvidence.ByWords(category.Label);
        }

        return context.Categories.Count == 0 ? null : new Participation { Categories = context.Categories };
    }

    [GeneratedRegex(@"^(?:service|direction|unité|unite|pôle|pole|département|mission|cellule)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();
}
