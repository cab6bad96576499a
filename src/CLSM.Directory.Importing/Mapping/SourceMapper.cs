using System.Globalization;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The sources of a council.</summary>
internal sealed class SourceMapper(MappingContext context)
{
    public void Map()
    {
        var list = new List<Source>();
        var addresses = context.List(context.Sheet["sources"]);
        foreach (var cell in addresses)
        {
            var known = cell.IsObject ? context.Members(cell, "sources") : [];
            var address = cell.IsObject ? known.GetValueOrDefault("url") : cell;
            var url = address.Text is { } text ? WebAddress.FindIn(text) : null;
            var retrieved = known.TryGetValue("consulte", out var day) && day.Text is { } words && FrenchDates.Parse(words) is { Precision: "day", Value: var value }
                ? DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture) : (DateOnly?)null;
            if (!cell.IsObject && cell.Text is { } line && FrenchDates.Find(line) is [{ Date: { Precision: "day", Value: var inLine } }])
            {
                retrieved = DateOnly.ParseExact(inLine, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            }

            if (retrieved is not null && known.ContainsKey("consulte"))
            {
                context.Unmapped.MarkUsed(day);
            }

            var title = address.Text is { Length: <= 500 } named && named != url ? named : null;
            if ((url is null && title is null && retrieved is null) || list.Count >= 100)
            {
                continue;
            }

            if (url is not null)
            {
                context.Unmapped.MarkUsed(address);
            }

            list.Add(new Source { Id = $"source-{list.Count + 1}", Url = url, Title = title, RetrievedOn = retrieved });
        }

        if (list.Count == 0)
        {
            list.Add(new Source { Id = "sheet", Title = $"Fiche « {context.Sheet.Name} »"[..Math.Min(500, context.Sheet.Name.Length + 10)] });
        }

        context.Sources = list;
        context.Evidence[""] = list.Count == 1 ? context.Stated() : context.Stated($"La fiche cite {list.Count} sources sans dire laquelle dit quoi ; la première est nommée.");
        context.Evidence["/code"] = SheetEvidence.Inferred("Identifiant de la fiche.");
    }
}
