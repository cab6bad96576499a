using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Model.Json;
using CLSM.Directory.Api.Statements;

namespace CLSM.Directory.Api.Sheets;

/// <content>The sources, names, kind and status of a council.</content>
internal sealed partial class SheetMapping
{
    private void MapSources()
    {
        var list = new List<Source>();
        var addresses = List(sheet["sources"]);
        foreach (var cell in addresses)
        {
            var known = cell.IsObject ? Members(cell, "sources") : [];
            var address = cell.IsObject ? known.GetValueOrDefault("url") : cell;
            var url = address.Text is { } text ? AddressIn(text) : null;
            var retrieved = known.TryGetValue("consulte", out var day) && day.Text is { } words && FuzzyDates.Parse(words) is { Precision: "day", Value: var value }
                ? DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture) : (DateOnly?)null;
            if (!cell.IsObject && cell.Text is { } line && FuzzyDates.Find(line) is [{ Date: { Precision: "day", Value: var inLine } }])
            {
                retrieved = DateOnly.ParseExact(inLine, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            }

            if (retrieved is not null && known.ContainsKey("consulte"))
            {
                Place(day);
            }

            var title = address.Text is { Length: <= 500 } named && named != url ? named : null;
            if ((url is null && title is null && retrieved is null) || list.Count >= 100)
            {
                continue;
            }

            if (url is not null)
            {
                Place(address);
            }

            list.Add(new Source { Id = $"source-{list.Count + 1}", Url = url, Title = title, RetrievedOn = retrieved });
        }

        if (list.Count == 0)
        {
            list.Add(new Source { Id = "sheet", Title = $"Fiche « {sheet.Name} »"[..Math.Min(500, sheet.Name.Length + 10)] });
        }

        sources = list;
        source = list[0].Id;
        evidence[""] = list.Count == 1 ? Stated() : Stated($"La fiche cite {list.Count} sources sans dire laquelle dit quoi ; la première est nommée.");
        evidence["/code"] = Inferred("Identifiant de la fiche.");
    }

    private string Kind(out string? audience)
    {
        var names = string.Join(" ; ", new[] { sheet.Name }.Concat(sheet["alias"].Items().Select(alias => alias.Text ?? "")));
        var kind = FrenchWords.CouncilKind(names);
        evidence["/kind"] = Inferred($"Classement de l’annuaire d’après le nom « {sheet.Name} ».");
        audience = kind == "csme" ? "students" : null;
        if (audience is not null)
        {
            evidence["/audience"] = Inferred($"Classement de l’annuaire d’après le nom « {sheet.Name} ».");
        }

        return kind;
    }

    private List<CouncilAlias>? MapAliases()
    {
        var aliases = new List<CouncilAlias>();
        foreach (var cell in List(sheet["alias"]))
        {
            if (Fit(cell, 300) is { } name && aliases.Count < 50 && !aliases.Exists(alias => alias.Name == name))
            {
                var kind = Former().IsMatch(name) ? "former" : AcronymOnly().IsMatch(name) ? "acronym" : "usual";
                aliases.Add(new CouncilAlias { Name = name, Kind = kind });
                evidence[$"/aliases{Violation.Segment(name)}/kind"] = Inferred("Classement de l’annuaire d’après la forme du nom.");
            }
        }

        return Some(aliases);
    }

    private string MapStatus()
    {
        var cell = sheet["statut"];
        if (cell.Text is null)
        {
            evidence["/status"] = Inferred("La fiche ne dit pas le statut.");
            return "unknown";
        }

        if (FrenchWords.Status(cell.Text) is { } code)
        {
            Place(cell);
            evidence["/status"] = Inferred($"« {cell.Text} » : conclusion de la personne qui a rempli la fiche{(sheet["statutConstateEn"].Text is { } year ? $", d’après une source de {year}" : "")}.");
            return code;
        }

        Note(new Violation("unknown-word", [cell.Text, string.Join(", ", FrenchWords.StatusWords)]) { Value = cell.Text, Closest = Closeness.Closest(cell.Text, FrenchWords.StatusWords) }, cell);
        evidence["/status"] = Inferred($"La fiche dit « {cell.Text} », qui n’est pas un statut connu.");
        Keep(cell);
        return "unknown";
    }

    private List<StatusChange>? MapStatusHistory(string status)
    {
        var cell = sheet["statutConstateEn"];
        if (cell.Text is not { } text)
        {
            return null;
        }

        if (FuzzyDates.Parse(text) is not { } date)
        {
            Note(new Violation("date-not-understood", [text]) { Value = text }, cell);
            return null;
        }

        Place(cell);
        evidence["/statusHistory"] = Inferred($"Statut constaté en {text} ; la fiche ne dit pas depuis quand.");
        return [new StatusChange { Status = status, From = new FuzzyDate { Value = date.Value, Precision = "before", Text = $"constaté en {text}"[..Math.Min(500, text.Length + 12)] } }];
    }

    private (string? Website, List<Link>? Links) MapWebsites()
    {
        string? website = null;
        var links = new List<Link>();
        foreach (var leaf in List(sheet["siteWeb"]).SelectMany(cell => cell.Leaves()))
        {
            if (AddressIn(leaf.Text!) is not { } address)
            {
                Note(new Violation("malformed-web-address", [leaf.Text!]) { Value = leaf.Text }, leaf);
                Keep(leaf);
                continue;
            }

            if (website is null)
            {
                website = address;
                if (!leaf.Text!.Contains(address, StringComparison.Ordinal))
                {
                    evidence["/website"] = Inferred($"La fiche écrit « {leaf.Text} » ; https:// est ajouté.");
                    Place(leaf);
                }
            }
            else if (links.Count < 50)
            {
                links.Add(new Link { Label = leaf.Text!.Length <= 300 ? leaf.Text! : address[..Math.Min(300, address.Length)], Url = address });
            }
        }

        return (website, Some(links));
    }

    /// <summary>A web address in the text, mended where only its beginning is missing.</summary>
    private static string? AddressIn(string text)
    {
        var found = Address().Match(text);
        var address = !found.Success ? null : found.Value.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? found.Value.TrimEnd(',', ';') : $"https://{found.Value.TrimEnd(',', ';', '.')}";
        using var value = address is null ? null : JsonDocument.Parse(JsonSerializer.Serialize(address, ModelJsonContext.Instance.String));
        return value is not null && new WebAddressAttribute().Check(value.RootElement) is null ? address : null;
    }

    [GeneratedRegex(@"\bancien(?:ne|nement)?\b|\bex-|anciennement", RegexOptions.IgnoreCase)]
    private static partial Regex Former();

    [GeneratedRegex(@"^[\p{Lu}\p{Nd}.\-]{2,15}e?$")]
    private static partial Regex AcronymOnly();

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""«»]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
