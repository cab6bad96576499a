using System.Text.RegularExpressions;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Model.Text;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Statements;

namespace CLSM.Directory.Api.Sheets;

/// <content>The organisations of a council, and which of them carries it.</content>
internal sealed partial class SheetMapping
{
    private Coordination? MapCoordination()
    {
        var cells = sheet["institutionCoordinatrice"].Leaves().ToList();
        if (cells.Count == 0)
        {
            return null;
        }

        var carriers = cells.SelectMany(cell => CarriersOf(cell.Text!)).Select(organisations.Find).OfType<OrganisationNames.Entry>().Distinct().ToList();
        var units = cells.Select(cell => OrganisationNames.Split(cell.Text!).Inner).Where(inner => inner is { Length: <= 300 } && Unit().IsMatch(inner)).Select(inner => inner!).ToList();
        var text = string.Join(" ; ", cells.Select(cell => cell.Text));
        if (carriers.Count > 1)
        {
            evidence["/coordination/organisation"] = Inferred($"La fiche nomme {carriers.Count} porteurs ; le premier est montré ici, tous ont le rôle de porteur.");
        }

        return new Coordination { Organisation = carriers.FirstOrDefault()?.Reference, UnitPath = units.Count == 1 && carriers.Count == 1 ? units : null, Text = text.Length <= 1000 ? text : null } is var coordination
            && (coordination.Organisation is not null || coordination.Text is not null) ? coordination : null;
    }

    [GeneratedRegex(@"^(?:service|direction|unité|unite|pôle|pole|département|mission|cellule)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    /// <summary>Full names first, so that a bare acronym finds the one that it stands for.</summary>
    private void CollectOrganisations()
    {
        var named = new List<(Cell Name, string? Role, bool IsCategory)>();
        foreach (var (key, role) in new[] { ("partenairesFondateurs", "founder"), ("organisations", null) })
        {
            named.AddRange(NamesIn(sheet[key]).Select(name => (name, role, !OrganisationNames.IsOrganisation(name.Text!))));
        }

        foreach (var funding in List(sheet["financement"]).Where(cell => cell.IsObject))
        {
            var members = new Dictionary<string, Cell>(StringComparer.Ordinal);
            _ = CouncilSheet.Resolve(funding, CouncilSheet.Keys["financement"], members).Count();
            if (members.TryGetValue("financeur", out var funder) && funder.Text is { } name && OrganisationNames.IsOrganisation(name))
            {
                named.Add((funder, "funder", false));
            }
        }

        foreach (var body in List(sheet["instances"]).Where(cell => cell.IsObject))
        {
            var members = new Dictionary<string, Cell>(StringComparer.Ordinal);
            _ = CouncilSheet.Resolve(body, CouncilSheet.Keys["instances"], members).Count();
            if (members.TryGetValue("composition", out var composition))
            {
                named.AddRange(NamesIn(composition).Where(member => OrganisationNames.IsOrganisation(member.Text!)).Select(member => (member, (string?)"member", false)));
            }
        }

        foreach (var (name, role, _) in named.Where(name => !name.IsCategory).OrderBy(name => OrganisationNames.IsBare(OrganisationNames.Split(name.Name.Text!).Outer)))
        {
            if (organisations.All.Count < 500)
            {
                organisations.Add(name.Text!, role);
            }
        }

        foreach (var carrier in sheet["institutionCoordinatrice"].Leaves().SelectMany(leaf => CarriersOf(leaf.Text!)))
        {
            organisations.Add(carrier, "carrier");
        }

        foreach (var (name, role, _) in named.Where(name => name.IsCategory && name.Role is null))
        {
            _ = role;
            AddCategory(name);
        }
    }

    private IReadOnlyList<string> CarriersOf(string text) =>
        organisations.SplitCarriers(text) is { Count: > 0 } several ? several : OrganisationNames.IsOrganisation(text) ? [text] : [];

    private IEnumerable<Cell> NamesIn(Cell cell)
    {
        foreach (var item in List(cell))
        {
            var name = !item.IsObject ? item : item.Members().FirstOrDefault(member => PlainText.Fold(member.Name) is "nom" or "name" or "libelle").Cell is { Text: not null } named ? named : item.Leaves().FirstOrDefault();
            if (name.Text is not null)
            {
                yield return name;
            }
        }
    }

    private void AddCategory(Cell name)
    {
        if (Fit(name, 500) is { } label && categories.Count < 200 && !categories.Exists(category => category.Label == label))
        {
            categories.Add(new ParticipantCategory { Label = label, Category = FrenchWords.Category(label) ?? (char.IsDigit(label[0]) ? "concerned-organisations" : "other") });
        }
    }

    private List<Organisation> MapOrganisations() => [.. organisations.All.Select(entry =>
    {
        var category = FrenchWords.Category(entry.Acronym is null ? entry.Name : $"{entry.Name} {entry.Acronym}");
        var otherwise = entry.Words.Where(word => word != entry.Name).ToList();
        var about = new EvidenceMap()
        {
            [""] = Stated(otherwise.Count == 0 ? null : $"La fiche écrit aussi : {string.Join(" ; ", otherwise.Select(word => $"« {word} »"))}."),
        };
        if (entry.Merged.Count > 0)
        {
            about["/name"] = Inferred($"{string.Join(", ", entry.Merged.Select(word => $"« {word} »"))} : rapproché de la seule organisation de la fiche à laquelle ces mots conviennent.");
        }

        if (category is not null)
        {
            about["/category"] = ByWords(entry.Name);
        }

        return new Organisation { Name = entry.Name, Acronym = entry.Acronym, Category = category, Roles = Some(entry.Roles.ToList()), Evidence = about };
    })];
}
