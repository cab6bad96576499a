using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The posts of a council.</summary>
internal sealed class PostMapper(MappingContext context)
{
    public List<Post>? Map()
    {
        var posts = new List<Post>();
        foreach (var cell in context.List(context.Sheet["presidence"]))
        {
            var known = cell.IsObject ? context.Members(cell, "presidence") : new Dictionary<string, Cell> { ["texte"] = cell };
            var (function, text) = (known.GetValueOrDefault("fonction").Text ?? "", known.GetValueOrDefault("texte").Text ?? "");
            var label = text.Length == 0 || PlainText.Fold(function).Contains(PlainText.Fold(text), StringComparison.Ordinal) ? function
                : PlainText.Fold(text).Contains(PlainText.Fold(function), StringComparison.Ordinal) ? text
                : $"{text} : {function}";
            if (string.IsNullOrWhiteSpace(label) || label.Length > 500 || posts.Count >= 50)
            {
                continue;
            }

            var code = FrenchVocabulary.PostFunction(function, text);
            var post = new Post { Function = code, Label = label };
            if (!posts.Contains(post))
            {
                posts.Add(post);
                context.Evidence[$"/posts{ValidationError.Segment(label)}/function"] = SheetEvidence.ByWords(label);
            }
        }

        return posts.NullIfEmpty();
    }
}
