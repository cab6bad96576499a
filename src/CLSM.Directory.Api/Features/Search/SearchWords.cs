using CLSM.Directory.Model.Text;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>The words that are searched, and those that say nothing.</summary>
internal static class SearchWords
{
    /// <summary>French words that say nothing by themselves.</summary>
    private static readonly HashSet<string> Empty = new(
        "a au aux avec ce ces d dans de des du elle en et eux il ils je l la le les leur lui ma mais me mes mon ne nos notre nous on ou par pas pour qu que qui s sa se ses son sur ta te tes ton tu un une vos votre vous y".Split(' '),
        StringComparer.Ordinal);

    /// <summary>The words of a text as the search stores them: e-mail addresses and telephone numbers are no words.</summary>
    public static IReadOnlyList<string> Of(string text) => PlainText.Words(text, PlainTextOptions.Search);

    public static bool SaysNothing(string word) => Empty.Contains(word);

    /// <summary>Without the words that say nothing, and without the letters of the plural: how labels and phrases are compared.</summary>
    public static string Key(IEnumerable<string> words) => string.Join(' ', words.Where(word => !SaysNothing(word)).Select(Singular));

    public static string Singular(string word) => word.Length > 3 && word[^1] is 's' or 'x' ? word[..^1] : word;
}
