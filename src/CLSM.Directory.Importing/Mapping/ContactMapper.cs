using System.Net.Mail;
using System.Text.RegularExpressions;
using CLSM.Directory.Importing.French;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>How to reach a council.</summary>
internal sealed partial class ContactMapper(MappingContext context)
{
    public List<Contact> Map()
    {
        var contacts = new List<Contact>();
        foreach (var cell in context.List(context.Sheet["contact"]))
        {
            var known = cell.IsObject ? context.Members(cell, "contact") : new Dictionary<string, Cell> { ["fonction"] = cell };
            var contact = ContactOf(known, cell);
            if (contact is not null && contacts.Count < 500 && !contacts.Exists(other => other.NaturalKey == contact.NaturalKey))
            {
                contacts.Add(contact);
            }
        }

        return contacts;
    }

    private Contact? ContactOf(Dictionary<string, Cell> known, Cell whole)
    {
        var (phones, emails) = (new List<string>(), new List<string>());
        foreach (var leaf in known.Where(member => member.Key is "telephone" or "email" || !whole.IsObject).SelectMany(member => member.Value.Leaves()))
        {
            ReadWays(leaf, phones, emails);
        }

        var function = known.GetValueOrDefault("fonction");
        var label = function.Text is { } words ? WithoutWays(words) : null;
        label = string.IsNullOrWhiteSpace(label) ? "Contact" : label.Length <= 300 ? label : null;
        var address = AddressOf(known.GetValueOrDefault("adresse"));
        if (label is null || (function.Text is null && phones.Count == 0 && emails.Count == 0 && address is null))
        {
            return null;
        }

        var names = emails.Where(FrenchNames.IsPersonalEmail).ToList();
        var isNominative = names.Count > 0 || FrenchNames.NamesPerson(function.Text ?? "");
        var isPublished = context.Sources.Any(one => one.Url is not null);
        var about = new EvidenceMap()
        {
            [""] = context.Stated(),
            ["/function"] = SheetEvidence.ByWords(label),
            ["/nominative"] = SheetEvidence.Inferred(isNominative
                ? names.Count > 0 ? "L’adresse électronique contient le nom d’une personne." : "Les mots de la fiche nomment une personne."
                : "Une fonction, sans nom de personne."),
            ["/visibility"] = SheetEvidence.Inferred(isPublished || !isNominative ? "Coordonnées publiées par la source, pour que l’on joigne le conseil." : "Aucune source publiée ne donne ces coordonnées nominatives."),
        };
        foreach (var (pointer, isThere) in new[] { ("/phones", phones.Count > 0), ("/emails", emails.Count > 0), ("/address", address is not null) })
        {
            if (!isThere)
            {
                about[pointer] = SheetEvidence.NotStated;
            }
        }

        if (isNominative)
        {
            about["/legalBasis"] = SheetEvidence.Inferred("Coordonnées professionnelles d’un dispositif public : mission d’intérêt public.");
            about["/reviewOn"] = SheetEvidence.Inferred("Un an après la consultation de la source.");
            context.Notes.Add(new ValidationError("nominative-contact", []) { Pointer = whole.Pointer });
        }

        return new Contact
        {
            Function = FrenchVocabulary.ContactFunction(label),
            Label = label,
            Nominative = isNominative,
            Visibility = isPublished || !isNominative ? "public" : "council",
            Emails = emails.NullIfEmpty(),
            Phones = phones.NullIfEmpty(),
            Address = address,
            LegalBasis = isNominative ? "public-interest" : null,
            Source = isNominative ? context.SourceId : null,
            ReviewOn = isNominative ? context.Sources.Select(one => one.RetrievedOn).FirstOrDefault(day => day is not null)?.AddYears(1) ?? new DateOnly(context.Today.Year + 1, 1, 1) : null,
            Evidence = about,
        };
    }

    private void ReadWays(Cell leaf, List<string> phones, List<string> emails)
    {
        var rest = EmailWords().Replace(leaf.Text!, match =>
        {
            var email = match.Value.TrimEnd('.');
            if (MailAddress.TryCreate(email, out var parsed) && parsed.Address == email && email.Length <= 254 && emails.Count < 10)
            {
                if (!emails.Contains(email))
                {
                    emails.Add(email);
                }

                return " ";
            }

            return match.Value;
        });
        var (numbers, left) = FrenchPhoneNumbers.Find(rest);
        phones.AddRange(numbers.Where(number => !phones.Contains(number)).Take(10 - phones.Count));
        if (left.Length == 0)
        {
            context.Unmapped.MarkUsed(leaf);
            return;
        }

        // What is more than a number or an address is kept whole, with them.
        if (left.Contains('@', StringComparison.Ordinal))
        {
            context.Note(new ValidationError("malformed-email", []), leaf);
        }
        else if (left.Count(char.IsAsciiDigit) >= 6)
        {
            context.Note(new ValidationError("malformed-phone", []), leaf);
        }
    }

    private static string WithoutWays(string text) => FrenchPhoneNumbers.Find(EmailWords().Replace(text, " ")).Remainder;

    private PostalAddress? AddressOf(Cell cell)
    {
        if (Cell.Join(cell.Leaves(), 2000) is not { } text)
        {
            return null;
        }

        var place = PostcodeAndCity().Match(text);
        var street = place.Success ? text[..place.Index] : text;
        var lines = street.Split('\n').Select(line => line.Trim(' ', ',', '-', ';', '\r', '\t', '–')).Where(line => line.Length > 0).ToList();
        var city = place.Success ? place.Groups[2].Value.Trim(' ', '.', ',') : null;
        if (lines.Count > 6 || lines.Exists(line => line.Length > 200) || city is { Length: > 100 })
        {
            return null;
        }

        if (place.Success)
        {
            foreach (var leaf in cell.Leaves())
            {
                context.Unmapped.MarkUsed(leaf);
            }
        }
        else if (Digits5().IsMatch(text))
        {
            context.Note(new ValidationError("malformed-postcode", [text]) { Value = text }, cell);
        }

        return lines.Count == 0 && city is null ? null : new PostalAddress { Lines = lines.NullIfEmpty(), Postcode = place.Success ? place.Groups[1].Value : null, City = city };
    }

    [GeneratedRegex(@"(?<![^\s<>,;|/()«»""])[^\s<>,;|/()«»""]+@[^\s<>,;|/()«»""]+")]
    private static partial Regex EmailWords();

    [GeneratedRegex(@"(?<!\d)(\d{5})\s+(\p{L}[^\n;|]*)$", RegexOptions.Singleline)]
    private static partial Regex PostcodeAndCity();

    [GeneratedRegex(@"\b\d{4,6}\b")]
    private static partial Regex Digits5();
}
