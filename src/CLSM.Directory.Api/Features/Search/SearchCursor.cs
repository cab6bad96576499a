using System.Text.Json;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Problems;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>How the first page was understood; what is written later must not change the pages that follow.</summary>
internal sealed record SearchCursorWords
{
    public required string Type { get; init; }

    public required int Score { get; init; }

    public required bool All { get; init; }

    public required IReadOnlyList<SearchCorrection> Corrections { get; init; }
}

/// <summary>
/// The last hit of a page, and how the words were understood, as the key of a <see cref="Cursor"/>. It holds nothing that the page did not show.
/// </summary>
internal sealed partial record SearchCursor(SearchPlace Place, bool IsForAll, IReadOnlyList<SearchCorrection> Corrections)
{
    private const int MaxWords = 300;

    public Cursor ToCursor()
    {
        var words = new SearchCursorWords { Type = Place.Type, Score = Place.Score, All = IsForAll, Corrections = Corrections };
        return new Cursor(JsonSerializer.Serialize(words, SearchJsonContext.Instance.SearchCursorWords), Place.Council, Place.Id);
    }

    /// <summary>What a cursor of this search holds; null for the first page. A cursor that no search wrote is refused.</summary>
    public static Result<SearchStart> Read(Cursor? cursor)
    {
        if (cursor is null)
        {
            return new SearchStart(null);
        }

        try
        {
            var words = JsonSerializer.Deserialize(cursor.Key, SearchJsonContext.Instance.SearchCursorWords);
            return words is not null && words.Corrections.Count <= MaxWords
                && words.Corrections.All(correction => IsPlain(correction.Word) && correction.Sought.Count is > 0 and < 10 && correction.Sought.All(IsPlain))
                    ? new SearchStart(new SearchCursor(new SearchPlace(words.Score, cursor.Council, words.Type, cursor.Id), words.All, words.Corrections))
                    : PageRequest.InvalidCursor();
        }
        catch (JsonException)
        {
            return PageRequest.InvalidCursor();
        }
    }

    private static bool IsPlain(string word) => word.Length <= MaxWords && PlainWord().IsMatch(word);

    [GeneratedRegex(@"\A[a-z0-9]+\z")]
    private static partial Regex PlainWord();
}

/// <summary>Where a search begins: after a hit, or with the first one.</summary>
internal sealed record SearchStart(SearchCursor? After);
