using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Importing.French;
using CLSM.Directory.Api.Importing.Reading;
using CLSM.Directory.Api.Model.Text;
using CLSM.Directory.Api.Statements;

namespace CLSM.Directory.Api.Importing.Mapping;

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
                context.Evidence[$"/posts{Violation.Segment(label)}/function"] = SheetEvidence.ByWords(label);
            }
        }

        return posts.NullIfEmpty();
    }
}
