using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The status of a council.</summary>
internal sealed class StatusMapper(MappingContext context)
{
    public string Map()
    {
        var cell = context.Sheet["statut"];
        if (cell.Text is null)
        {
            context.Evidence["/status"] = SheetEvidence.Inferred("La fiche ne dit pas le statut.");
            return "unknown";
        }

        if (FrenchVocabulary.Status(cell.Text) is { } code)
        {
            context.Unmapped.MarkUsed(cell);
            context.Evidence["/status"] = SheetEvidence.Inferred($"« {cell.Text} » : conclusion de la personne qui a rempli la fiche{(context.Sheet["statutConstateEn"].Text is { } year ? $", d’après une source de {year}" : "")}.");
            return code;
        }

        context.Note(new ValidationError("unknown-word", [cell.Text, string.Join(", ", FrenchVocabulary.StatusWords)]) { Value = cell.Text, Closest = ClosestMatch.Find(cell.Text, FrenchVocabulary.StatusWords) }, cell);
        context.Evidence["/status"] = SheetEvidence.Inferred($"La fiche dit « {cell.Text} », qui n’est pas un statut connu.");
        context.Unmapped.Keep(cell);
        return "unknown";
    }

    public List<StatusChange>? MapHistory(string status)
    {
        var cell = context.Sheet["statutConstateEn"];
        if (cell.Text is not { } text)
        {
            return null;
        }

        if (FrenchDates.Parse(text) is not { } date)
        {
            context.Note(new ValidationError("date-not-understood", [text]) { Value = text }, cell);
            return null;
        }

        context.Unmapped.MarkUsed(cell);
        context.Evidence["/statusHistory"] = SheetEvidence.Inferred($"Statut constaté en {text} ; la fiche ne dit pas depuis quand.");
        return [new StatusChange { Status = status, From = new FuzzyDate { Value = date.Value, Precision = "before", Text = $"constaté en {text}"[..Math.Min(500, text.Length + 12)] } }];
    }
}
