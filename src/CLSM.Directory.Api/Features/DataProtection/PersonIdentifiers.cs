using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Text;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>
/// The values by which a person is recognised, each in one plain form (<see cref="PlainText"/>), words of a name in one order, a number in
/// E.164. What they are a value of stands before them.
/// </summary>
internal static partial class PersonIdentifiers
{
    public const int MinWords = 2;
    public const int MaxWords = 5;

    private static readonly HashSet<string> Civilities = new(["m", "mr", "mme", "mlle", "dr", "pr", "docteur", "professeur", "monsieur", "madame", "mademoiselle"], StringComparer.Ordinal);

    /// <summary>Those of a contact. A telephone number that another contact shows as that of a function is the function's.</summary>
    public static IReadOnlySet<string> Of(Contact contact, IEnumerable<Contact> others)
    {
        var shared = others.Where(other => !other.Nominative).SelectMany(other => other.Phones ?? []).ToHashSet(StringComparer.Ordinal);
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var email in contact.Emails ?? [])
        {
            values.Add(Email(email));
            if (FrenchNames.IsPersonalEmail(email))
            {
                values.UnionWith(NamesOf(email[..email.IndexOf('@', StringComparison.Ordinal)]));
            }
        }

        values.UnionWith((contact.Phones ?? []).Where(phone => !shared.Contains(phone)).Select(Phone));
        values.UnionWith(Named().Matches(contact.Label).SelectMany(match => NamesOf(match.Value)));
        values.UnionWith(NamesOf(contact.Person ?? ""));
        return values;
    }

    public static string Email(string address) => $"email {address.Normalize(System.Text.NormalizationForm.FormKC).Trim().ToLowerInvariant()}";

    public static string Phone(string number) => $"phone {FrenchPhoneNumbers.ToE164(number) ?? number}";

    /// <summary>The values of a name that is known: it can be written in another order, and with words that are joined or parted.</summary>
    private static IEnumerable<string> NamesOf(string name)
    {
        var words = PlainText.Words(name);
        if (Sorted(words) is not { } sorted)
        {
            return [];
        }

        var names = Names(words);
        return names.Select((_, first) => Joined([.. names.Skip(first), .. names.Take(first)])).Where(_ => names.Count > 1).Prepend(sorted);
    }

    /// <summary>The values that words of a text have, if they are a name.</summary>
    public static IEnumerable<string> ReadingsOf(IReadOnlyList<string> words) =>
        Sorted(words) is not { } sorted ? [] : Names(words) is { Count: > 1 } names ? [sorted, Joined(names)] : [sorted];

    /// <summary>A name, whatever the order of its words. One word alone is a name only after a civility, or as all that is known of a person.</summary>
    private static string? Sorted(IReadOnlyList<string> words) => Names(words) switch
    {
        [] or { Count: > MaxWords } => null,
        [var only] => only.Length > 1 ? $"civil {only}" : null,
        var names => $"name {string.Join(' ', names.Order(StringComparer.Ordinal))}",
    };

    /// <summary>A name without what parts its words: "D’Exemple" and "Dexemple" are one.</summary>
    private static string Joined(IEnumerable<string> names) => $"joined {string.Concat(names)}";

    private static List<string> Names(IReadOnlyList<string> words) => [.. words.Where(word => !Civilities.Contains(word))];

    public static bool IsCivility(string word) => Civilities.Contains(word);

    [GeneratedRegex(@"\b(?:M\.|Mr|Mme|Mlle|Dr|Pr|Docteur|Professeur|Monsieur|Madame)(?:[\s\u00A0.]+(?:\p{Lu}[\p{L}'’-]*))+")]
    private static partial Regex Named();
}
