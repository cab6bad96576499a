using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The contracts and plans that a council works in.</summary>
internal sealed class FrameworkMapper(MappingContext context)
{
    public List<Framework>? Map()
    {
        var frameworks = new List<Framework>();
        foreach (var leaf in context.List(context.Sheet["cadres"]).SelectMany(cell => cell.Leaves()))
        {
            if (leaf.TextWithin(500) is { } label && frameworks.Count < 50)
            {
                var framework = new Framework { Kind = FrenchVocabulary.Framework(label), Label = label };
                if (!frameworks.Contains(framework))
                {
                    frameworks.Add(framework);
                    context.Evidence[$"/frameworks{ValidationError.Segment(label)}/kind"] = SheetEvidence.ByWords(label);
                }
            }
        }

        return frameworks.NullIfEmpty();
    }
}
