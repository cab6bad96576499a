using System.Text.RegularExpressions;
using CLSM.Directory.Api.Model.Text;
using CLSM.Directory.Api.Sheets;

namespace CLSM.Directory.Api.Objections;

/// <summary>Finds persons in texts, however they are written, by their plain values: which of these are meant, the caller knows.</summary>
internal sealed partial class PersonalWords(Func<string, bool> isMeant)
{
    /// <summary>The words of a text that are theirs.</summary>
    public IReadOnlyList<string> In(string text)
    {
        var found = new List<(int Start, int End)>();
        var addresses = Addresses().Matches(text).Select(match => (Start: match.Index, End: match.Index + match.Value.TrimEnd('.').Length)).ToList();
        found.AddRange(addresses.Where(span => isMeant(PersonalValues.Email(text[span.Start..span.End]))));
        found.AddRange(Phones.Places(text).Where(place => isMeant(PersonalValues.Phone(place.Number))).Select(place => (place.Start, place.End)));
        found.AddRange(Names(text).Select(name => addresses.FirstOrDefault(span => span.Start <= name.Start && name.End <= span.End, name)));
        return found.Count == 0 ? [] : [.. found.Select(span => text[span.Start..span.End]).Distinct(StringComparer.Ordinal)];
    }

    private IEnumerable<(int Start, int End)> Names(string text)
    {
        var words = Words().Matches(text).Select(match => (match.Index, End: match.Index + match.Length, Plain: PlainText.Fold(match.Value))).ToList();
        for (var first = 0; first < words.Count; first++)
        {
            for (var last = first + 1; last < words.Count && last - first < PersonalValues.MostWords && words[last].Index - words[last - 1].End <= 3; last++)
            {
                string[] plain = [.. words[first..(last + 1)].Select(word => word.Plain)];
                // A civility begins a name of one word; those of more are found without it.
                var isName = (!PersonalValues.IsCivility(plain[0]) || plain.Length == PersonalValues.FewestWords) && !plain.Skip(1).Any(PersonalValues.IsCivility);
                if (isName && PersonalValues.Name(plain) is { } name && isMeant(name))
                {
                    yield return (words[first].Index, words[last].End);
                }
            }
        }
    }

    /// <summary>Whether somebody is meant by all that is said of a person.</summary>
    public bool IsPerson(string person) => PersonalValues.Name(PlainText.Fold(person).Split(' ')) is { } name && isMeant(name);

    [GeneratedRegex(@"[^\s<>,;:|/()«»""']+@[^\s<>,;:|/()«»""']+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+")]
    private static partial Regex Words();
}
