using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The kind and the other names of a council.</summary>
internal sealed partial class NameMapper(MappingContext context)
{
    public string MapKind(out string? audience)
    {
        var names = string.Join(" ; ", new[] { context.Sheet.Name }.Concat(context.Sheet["alias"].Items().Select(alias => alias.Text ?? "")));
        var kind = FrenchVocabulary.CouncilKind(names);
        context.Evidence["/kind"] = SheetEvidence.Inferred($"Classement de l’annuaire d’après le nom « {context.Sheet.Name} ».");
        audience = kind == "csme" ? "students" : null;
        if (audience is not null)
        {
            context.Evidence["/audience"] = SheetEvidence.Inferred($"Classement de l’annuaire d’après le nom « {context.Sheet.Name} ».");
        }

        return kind;
    }

    public List<CouncilAlias>? MapAliases()
    {
        var aliases = new List<CouncilAlias>();
        foreach (var cell in context.List(context.Sheet["alias"]))
        {
            if (cell.TextWithin(300) is { } name && aliases.Count < 50 && !aliases.Exists(alias => alias.Name == name))
            {
                var kind = Former().IsMatch(name) ? "former" : AcronymOnly().IsMatch(name) ? "acronym" : "usual";
                aliases.Add(new CouncilAlias { Name = name, Kind = kind });
                context.Evidence[$"/aliases{ValidationError.Segment(name)}/kind"] = SheetEvidence.Inferred("Classement de l’annuaire d’après la forme du nom.");
            }
        }

        return aliases.NullIfEmpty();
    }

    [GeneratedRegex(@"\bancien(?:ne|nement)?\b|\bex-|anciennement", RegexOptions.IgnoreCase)]
    private static partial Regex Former();

    [GeneratedRegex(@"^[\p{Lu}\p{Nd}.\-]{2,15}e?$")]
    private static partial Regex AcronymOnly();
}
