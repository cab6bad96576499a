using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Text;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>Finds persons in texts, however they are written, by their plain values: which of these are meant, the caller knows.</summary>
internal sealed partial class PersonMatcher(Func<string, bool> isMeant)
{
    /// <summary>Signs between two words of a name, such as a comma or a hyphen; spaces do not count.</summary>
    private const int MaxSignsBetween = 3;

    /// <summary>The words of a text that are theirs.</summary>
    public IReadOnlyList<string> Find(string text)
    {
        var found = new List<(int Start, int End)>();
        var addresses = Addresses().Matches(text).Select(match => (Start: match.Index, End: match.Index + match.Value.TrimEnd('.').Length)).ToList();
        found.AddRange(addresses.Where(span => isMeant(PersonIdentifiers.Email(text[span.Start..span.End]))));
        found.AddRange(FrenchPhoneNumbers.Places(text).Where(place => isMeant(PersonIdentifiers.Phone(place.Number))).Select(place => (place.Start, place.End)));
        found.AddRange(NamesIn(text).Select(name => addresses.FirstOrDefault(span => span.Start <= name.Start && name.End <= span.End, name)));
        return found.Count == 0 ? [] : [.. found.Select(span => text[span.Start..span.End]).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether somebody is meant by all that is said of a person.</summary>
    public bool IsPerson(string person) => PersonIdentifiers.ReadingsOf(PlainText.Words(person)).Any(isMeant);

    /// <summary>An invisible character may stand within a word or between two: both readings count.</summary>
    private IEnumerable<(int Start, int End)> NamesIn(string text) =>
        Invisible().IsMatch(text) ? NamesAmong(text).Concat(NamesAmong(Invisible().Replace(text, " "))) : NamesAmong(text);

    private IEnumerable<(int Start, int End)> NamesAmong(string text)
    {
        var words = PlainText.Places(text);
        for (var first = 0; first < words.Count; first++)
        {
            for (var last = first + 1; last < words.Count && last - first < PersonIdentifiers.MaxWords && AreNear(text, words[last - 1], words[last]); last++)
            {
                string[] plain = [.. Enumerable.Range(first, last - first + 1).Select(place => words[place].Text)];
                // A civility begins a name of one word; those of more are found without it.
                var isName = (!PersonIdentifiers.IsCivility(plain[0]) || plain.Length == PersonIdentifiers.MinWords) && !plain.Skip(1).Any(PersonIdentifiers.IsCivility);
                if (isName && PersonIdentifiers.ReadingsOf(plain).Any(isMeant))
                {
                    yield return (words[first].Start, words[last].End);
                }
            }
        }
    }

    private static bool AreNear(string text, PlainWord word, PlainWord next)
    {
        var signs = 0;
        foreach (var letter in text.AsSpan(word.End, next.Start - word.End))
        {
            signs += char.IsWhiteSpace(letter) ? 0 : 1;
        }

        return signs <= MaxSignsBetween;
    }

    [GeneratedRegex(@"[^\s<>,;:|/()«»""']+@[^\s<>,;:|/()«»""']+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\p{Cf}")]
    private static partial Regex Invisible();
}
