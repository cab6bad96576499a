using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Importing.French;

namespace CLSM.Directory.Api.Importing.Mapping;

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
                    context.Evidence[$"/frameworks{Violation.Segment(label)}/kind"] = SheetEvidence.ByWords(label);
                }
            }
        }

        return frameworks.NullIfEmpty();
    }
}
