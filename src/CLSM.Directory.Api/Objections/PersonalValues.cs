using System.Text.RegularExpressions;
using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Model.Text;
using CLSM.Directory.Api.Sheets;

namespace CLSM.Directory.Api.Objections;

/// <summary>
/// The values by which a person is recognised, each in one plain form: small letters without accents, words of a name in one order, a number in
/// E.164. What they are a value of stands before them.
/// </summary>
internal static partial class PersonalValues
{
    public const int FewestWords = 2;
    public const int MostWords = 5;

    private static readonly HashSet<string> Civilities = new(["m", "mr", "mme", "mlle", "dr", "pr", "docteur", "professeur", "monsieur", "madame", "mademoiselle"], StringComparer.Ordinal);

    /// <summary>Those of a contact. A telephone number that another contact shows as that of a function is the function's.</summary>
    public static IReadOnlySet<string> Of(Contact contact, IEnumerable<Contact> others)
    {
        var shared = others.Where(other => !other.Nominative).SelectMany(other => other.Phones ?? []).ToHashSet(StringComparer.Ordinal);
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var email in contact.Emails ?? [])
        {
            values.Add(Email(email));
            if (SheetMapping.IsNominative(email) && Name(PlainText.Fold(email[..email.IndexOf('@', StringComparison.Ordinal)]).Split(' ')) is { } name)
            {
                values.Add(name);
            }
        }

        values.UnionWith((contact.Phones ?? []).Where(phone => !shared.Contains(phone)).Select(Phone));
        values.UnionWith(Named().Matches(contact.Label).Select(match => Name(PlainText.Fold(match.Value).Split(' '))).OfType<string>());
        if (contact.Person is { } person && Name(PlainText.Fold(person).Split(' ')) is { } whole)
        {
            values.Add(whole);
        }

        return values;
    }

    public static string Email(string address) => $"email {address.Normalize(System.Text.NormalizationForm.FormKC).Trim().ToLowerInvariant()}";

    public static string Phone(string number) => $"phone {Phones.ToE164(number) ?? number}";

    /// <summary>A name, whatever the order of its words. One word alone is a name only after a civility, or as all that is known of a person.</summary>
    public static string? Name(IReadOnlyList<string> words)
    {
        var names = words.Where(word => word.Length > 0 && !Civilities.Contains(word)).ToList();
        return names.Count switch
        {
            0 => null,
            1 => names[0].Length > 1 ? $"civil {names[0]}" : null,
            > MostWords => null,
            _ => $"name {string.Join(' ', names.Order(StringComparer.Ordinal))}",
        };
    }

    public static bool IsCivility(string word) => Civilities.Contains(word);

    [GeneratedRegex(@"\b(?:M\.|Mr|Mme|Mlle|Dr|Pr|Docteur|Professeur|Monsieur|Madame)(?:[\s\u00A0.]+(?:\p{Lu}[\p{L}'’-]*))+")]
    private static partial Regex Named();
}
