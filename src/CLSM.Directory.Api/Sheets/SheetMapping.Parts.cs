using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.Sheets;

/// <content>The territory and the parts of a council.</content>
internal sealed partial class SheetMapping
{
    // ---- organisations ------------------------------------------------------------------------------------------------------------------

    /// <summary>Full names first, so that a bare acronym finds the one that it stands for.</summary>
    private void CollectOrganisations()
    {
        var named = new List<(Cell Name, string? Role, bool IsCategory)>();
        foreach (var (key, role) in new[] { ("partenairesFondateurs", "founder"), ("organisations", null) })
        {
            named.AddRange(NamesIn(sheet[key]).Select(name => (name, role, !OrganisationNames.IsOrganisation(name.Text!))));
        }

        foreach (var funding in List(sheet["financement"]).Where(cell => cell.IsObject))
        {
            var members = new Dictionary<string, Cell>(StringComparer.Ordinal);
            _ = CouncilSheet.Resolve(funding, CouncilSheet.Keys["financement"], members).Count();
            if (members.TryGetValue("financeur", out var funder) && funder.Text is { } name && OrganisationNames.IsOrganisation(name))
            {
                named.Add((funder, "funder", false));
            }
        }

        foreach (var body in List(sheet["instances"]).Where(cell => cell.IsObject))
        {
            var members = new Dictionary<string, Cell>(StringComparer.Ordinal);
            _ = CouncilSheet.Resolve(body, CouncilSheet.Keys["instances"], members).Count();
            if (members.TryGetValue("composition", out var composition))
            {
                named.AddRange(NamesIn(composition).Where(member => OrganisationNames.IsOrganisation(member.Text!)).Select(member => (member, (string?)"member", false)));
            }
        }

        foreach (var (name, role, _) in named.Where(name => !name.IsCategory).OrderBy(name => OrganisationNames.IsBare(OrganisationNames.Split(name.Name.Text!).Outer)))
        {
            if (organisations.All.Count < 500)
            {
                organisations.Add(name.Text!, role);
            }
        }

        foreach (var carrier in sheet["institutionCoordinatrice"].Leaves().SelectMany(leaf => CarriersOf(leaf.Text!)))
        {
            organisations.Add(carrier, "carrier");
        }

        foreach (var (name, role, _) in named.Where(name => name.IsCategory && name.Role is null))
        {
            _ = role;
            AddCategory(name);
        }
    }

    private IReadOnlyList<string> CarriersOf(string text) =>
        organisations.SplitCarriers(text) is { Count: > 0 } several ? several : OrganisationNames.IsOrganisation(text) ? [text] : [];

    private IEnumerable<Cell> NamesIn(Cell cell)
    {
        foreach (var item in List(cell))
        {
            var name = !item.IsObject ? item : item.Members().FirstOrDefault(member => FrenchWords.Key(member.Name) is "nom" or "name" or "libelle").Cell is { Text: not null } named ? named : item.Leaves().FirstOrDefault();
            if (name.Text is not null)
            {
                yield return name;
            }
        }
    }

    private void AddCategory(Cell name)
    {
        if (Fit(name, 500) is { } label && categories.Count < 200 && !categories.Exists(category => category.Label == label))
        {
            categories.Add(new ParticipantCategory { Label = label, Category = FrenchWords.Category(label) ?? (char.IsDigit(label[0]) ? "concerned-organisations" : "other") });
        }
    }

    private List<Organisation> MapOrganisations() => [.. organisations.All.Select(entry =>
    {
        var category = FrenchWords.Category(entry.Acronym is null ? entry.Name : $"{entry.Name} {entry.Acronym}");
        var otherwise = entry.Words.Where(word => word != entry.Name).ToList();
        var about = new EvidenceMap()
        {
            [""] = Stated(otherwise.Count == 0 ? null : $"La fiche écrit aussi : {string.Join(" ; ", otherwise.Select(word => $"« {word} »"))}."),
        };
        if (entry.Merged.Count > 0)
        {
            about["/name"] = Inferred($"{string.Join(", ", entry.Merged.Select(word => $"« {word} »"))} : rapproché de la seule organisation de la fiche à laquelle ces mots conviennent.");
        }

        if (category is not null)
        {
            about["/category"] = ByWords(entry.Name);
        }

        return new Organisation { Name = entry.Name, Acronym = entry.Acronym, Category = category, Roles = Some(entry.Roles.ToList()), Evidence = about };
    })];

    // ---- bodies and groups --------------------------------------------------------------------------------------------------------------

    private List<GovernanceBody> MapBodies()
    {
        var bodies = new List<GovernanceBody>();
        foreach (var cell in List(sheet["instances"]))
        {
            var known = cell.IsObject ? Members(cell, "instances") : new Dictionary<string, Cell> { ["nom"] = cell };
            var (typeCell, role, often) = (known.GetValueOrDefault("type"), known.GetValueOrDefault("role"), known.GetValueOrDefault("frequence"));
            var nameCell = known.TryGetValue("nom", out var named) && named.Text is not null ? named : typeCell;
            if (Fit(nameCell, 300) is not { } name || bodies.Count >= 499)
            {
                continue;
            }

            var typed = typeCell.Text is { } typeWords ? FrenchWords.BodyType(typeWords) : null;
            if (typed is not null || FrenchWords.Key(typeCell.Text ?? "") is "autre" or "other")
            {
                Place(typeCell);
            }

            var about = new EvidenceMap();
            var type = typed ?? FrenchWords.BodyType(name) ?? "other";
            if (typed is null)
            {
                about["/type"] = ByWords(name);
            }

            var purpose = role.Leaves().Any() ? Joined(role.Leaves(), 10_000) : null;
            var frequency = FrequencyOf(often, about);
            var composition = CompositionOf(known.GetValueOrDefault("composition"), about);
            var openness = purpose is not null && OpenToAll().IsMatch(purpose) ? "open" : null;
            if (openness is not null)
            {
                about["/openness"] = ByWords(purpose!);
            }

            var isMentioned = purpose is null && frequency is null && composition is null;
            about[""] = isMentioned ? new Evidence { State = "mentioned", Source = source } : Stated();
            foreach (var (pointer, isThere) in new[] { ("/purpose", purpose is not null), ("/meetingFrequency", frequency is not null), ("/composition", composition is not null), ("/openness", openness is not null), ("/posts", false) })
            {
                if (!isThere)
                {
                    about[pointer] = NotStated;
                }
            }

            var body = new GovernanceBody { Type = type, Name = name, Purpose = purpose, Openness = openness, MeetingFrequency = frequency, Composition = composition, Evidence = about };
            if (!bodies.Exists(other => other.NaturalKey == body.NaturalKey))
            {
                bodies.Add(body);
            }
        }

        AddComplexSituationsUnit(bodies);
        return bodies;
    }

    private void AddComplexSituationsUnit(List<GovernanceBody> bodies)
    {
        var cell = sheet["celluleSituationsComplexes"];
        var leaves = cell.Leaves().ToList();
        if (leaves.Count == 0 || FrenchWords.Key(leaves[0].Text!) is "non" or "false" or "aucune")
        {
            return;
        }

        var isBare = FrenchWords.Key(leaves[0].Text!) is "oui" or "true";
        var text = isBare ? "Cellule situations complexes" : Joined(leaves, 10_000);
        if (text is null)
        {
            return;
        }

        var key = FrenchWords.Key(text);
        var same = bodies.FindIndex(body => FrenchWords.Key(body.Name) is var name && (key.Contains(name, StringComparison.Ordinal) || name.Contains(key, StringComparison.Ordinal)));
        if (same < 0 && text.Length <= 300)
        {
            bodies.Add(new GovernanceBody
            {
                Type = "complex-situations-unit",
                Name = text,
                Evidence = new EvidenceMap { [""] = new() { State = "mentioned", Source = source } },
            });
            if (isBare)
            {
                Place(leaves[0]);
            }
        }
        else if (same >= 0)
        {
            var body = bodies[same];
            var isLonger = key.Length > FrenchWords.Key(body.Name).Length;
            var purpose = !isLonger ? body.Purpose : body.Purpose is null ? text : $"{body.Purpose}\n{text}";
            var about = body.Evidence!;
            about["/type"] = Inferred($"La fiche la donne comme cellule des situations complexes : « {text} ».");
            if (isLonger && purpose!.Length <= 10_000)
            {
                about.Remove("/purpose");
                about[""] = Stated();
            }

            bodies[same] = body with { Type = "complex-situations-unit", Purpose = purpose!?.Length <= 10_000 ? purpose : body.Purpose };
        }
    }

    private static MeetingFrequency? FrequencyOf(Cell cell, EvidenceMap about)
    {
        if (Joined(cell.Leaves(), 500) is not { } text)
        {
            return null;
        }

        about["/meetingFrequency/code"] = ByWords(text);
        return new MeetingFrequency { Code = FrenchWords.Frequency(text) ?? "other", Text = text };
    }

    private List<CompositionEntry>? CompositionOf(Cell cell, EvidenceMap about)
    {
        var entries = new List<CompositionEntry>();
        foreach (var member in NamesIn(cell))
        {
            if (Fit(member, 500) is not { } label || entries.Count >= 400 || entries.Exists(entry => entry.Label == label))
            {
                continue;
            }

            var organisation = OrganisationNames.IsOrganisation(label) ? organisations.Find(label) : null;
            var category = FrenchWords.Category(label);
            entries.Add(new CompositionEntry { Label = label, Category = category, Organisation = organisation?.Reference });
            if (category is not null)
            {
                about[$"/composition{Violation.Segment(label)}/category"] = ByWords(label);
            }
        }

        return Some(entries);
    }

    private List<WorkingGroup> MapGroups()
    {
        var groups = new List<WorkingGroup>();
        foreach (var cell in List(sheet["groupes"]))
        {
            var known = cell.IsObject ? Members(cell, "groupes") : new Dictionary<string, Cell> { ["nom"] = cell };
            var (theme, description) = (known.GetValueOrDefault("theme"), known.GetValueOrDefault("description"));
            var nameCell = known.TryGetValue("nom", out var named) && named.Text is not null ? named : theme;
            if (Fit(nameCell, 300) is not { } name || groups.Count >= 500)
            {
                continue;
            }

            var themeWords = Joined(theme.Leaves(), 900);
            var themes = themeWords is null ? [] : FrenchWords.ThemesOf(themeWords);
            var words = themes.Count > 0 ? themeWords! : name;
            themes = themes.Count > 0 ? themes : FrenchWords.ThemesOf(name);
            var purpose = Joined(description.Leaves(), 10_000);
            var about = new EvidenceMap { [""] = purpose is null && themes.Count == 0 ? new Evidence { State = "mentioned", Source = source } : Stated() };
            about["/themes"] = themes.Count > 0 ? ByWords(words) : NotStated;
            about["/kind"] = ByWords(name);
            foreach (var pointer in new[] { "/leads", "/outputs", "/status", "/composition", "/openness", "/typicalSize" })
            {
                about[pointer] = NotStated;
            }

            if (purpose is null)
            {
                about["/purpose"] = NotStated;
            }

            var group = new WorkingGroup { Kind = ClassOfGroups().IsMatch(name) ? "class" : "group", Name = name, Purpose = purpose, Themes = Some(themes.ToList()), Evidence = about };
            if (!groups.Exists(other => other.NaturalKey == group.NaturalKey))
            {
                groups.Add(group);
            }
        }

        return groups;
    }

    // ---- events -------------------------------------------------------------------------------------------------------------------------

    private List<CouncilEvent> MapEvents()
    {
        var events = new List<CouncilEvent>();
        foreach (var cell in NamesIn(sheet["evenements"]))
        {
            if (Fit(cell, 300) is not { } name || events.Count >= 1000)
            {
                continue;
            }

            var (from, to) = DaysIn(name);
            var recurrence = FrenchWords.Frequency(name) is { } often && often is "yearly" or "twice-yearly" or "quarterly" or "monthly" or "weekly" or "every-two-years" ? FrenchWords.Frequency(name) : null;
            var about = new EvidenceMap { [""] = Stated(), ["/kind"] = ByWords(name), ["/themes"] = NotStated };
            about["/recurrence"] = recurrence is null ? NotStated : ByWords(name);
            if (from is null)
            {
                about["/from"] = NotStated;
            }

            var councilEvent = new CouncilEvent { Name = name, Kind = FrenchWords.EventKind(name), Recurrence = recurrence, From = from, To = to, Evidence = about };
            if (!events.Exists(other => other.NaturalKey == councilEvent.NaturalKey))
            {
                events.Add(councilEvent);
            }
        }

        return events;
    }

    private static (DateOnly? From, DateOnly? To) DaysIn(string text)
    {
        if (DaySpan().Match(text) is { Success: true } span)
        {
            var (first, last) = (DayOf($"{span.Groups[1].Value} {span.Groups[3].Value}"), DayOf($"{span.Groups[2].Value} {span.Groups[3].Value}"));
            return first <= last ? (first, last) : (null, null);
        }

        return FuzzyDates.Find(text).Where(date => date.Date.Precision == "day").ToList() is [var only] ? (DayOf(only.Date.Value), null) : (null, null);
    }

    private static DateOnly? DayOf(string text) =>
        FuzzyDates.Parse(text) is { Precision: "day", Value: var value } ? DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    // ---- contacts -----------------------------------------------------------------------------------------------------------------------

    private List<Contact> MapContacts()
    {
        var contacts = new List<Contact>();
        foreach (var cell in List(sheet["contact"]))
        {
            var known = cell.IsObject ? Members(cell, "contact") : new Dictionary<string, Cell> { ["fonction"] = cell };
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

        var names = emails.Where(IsNominative).ToList();
        var isNominative = names.Count > 0 || Civility().IsMatch(function.Text ?? "");
        var isPublished = sources.Any(one => one.Url is not null);
        var about = new EvidenceMap()
        {
            [""] = Stated(),
            ["/function"] = ByWords(label),
            ["/nominative"] = Inferred(isNominative
                ? names.Count > 0 ? "L’adresse électronique contient le nom d’une personne." : "Les mots de la fiche nomment une personne."
                : "Une fonction, sans nom de personne."),
            ["/visibility"] = Inferred(isPublished || !isNominative ? "Coordonnées publiées par la source, pour que l’on joigne le conseil." : "Aucune source publiée ne donne ces coordonnées nominatives."),
        };
        foreach (var (pointer, isThere) in new[] { ("/phones", phones.Count > 0), ("/emails", emails.Count > 0), ("/address", address is not null) })
        {
            if (!isThere)
            {
                about[pointer] = NotStated;
            }
        }

        if (isNominative)
        {
            about["/legalBasis"] = Inferred("Coordonnées professionnelles d’un dispositif public : mission d’intérêt public.");
            about["/reviewOn"] = Inferred("Un an après la consultation de la source.");
            notes.Add(new Violation("nominative-contact", []) { Pointer = whole.Pointer });
        }

        return new Contact
        {
            Function = FrenchWords.ContactFunction(label),
            Label = label,
            Nominative = isNominative,
            Visibility = isPublished || !isNominative ? "public" : "council",
            Emails = Some(emails),
            Phones = Some(phones),
            Address = address,
            LegalBasis = isNominative ? "public-interest" : null,
            Source = isNominative ? source : null,
            ReviewOn = isNominative ? sources.Select(one => one.RetrievedOn).FirstOrDefault(day => day is not null)?.AddYears(1) ?? new DateOnly(today.Year + 1, 1, 1) : null,
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
        var (numbers, left) = Phones.Find(rest);
        phones.AddRange(numbers.Where(number => !phones.Contains(number)).Take(10 - phones.Count));
        if (left.Length == 0)
        {
            Place(leaf);
            return;
        }

        // What is more than a number or an address is kept whole, with them.
        if (left.Contains('@', StringComparison.Ordinal))
        {
            Note(new Violation("malformed-email", []), leaf);
        }
        else if (left.Count(char.IsAsciiDigit) >= 6)
        {
            Note(new Violation("malformed-phone", []), leaf);
        }
    }

    private static string WithoutWays(string text) => Phones.Find(EmailWords().Replace(text, " ")).Remainder;

    private PostalAddress? AddressOf(Cell cell)
    {
        if (Joined(cell.Leaves(), 2000) is not { } text)
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
                Place(leaf);
            }
        }
        else if (Digits5().IsMatch(text))
        {
            Note(new Violation("malformed-postcode", [text]) { Value = text }, cell);
        }

        return lines.Count == 0 && city is null ? null : new PostalAddress { Lines = Some(lines), Postcode = place.Success ? place.Groups[1].Value : null, City = city };
    }

    /// <summary>An address of the form first.last@ is a person's, unless its words are those of a service.</summary>
    private static bool IsNominative(string email)
    {
        var local = email[..email.IndexOf('@', StringComparison.Ordinal)];
        return TwoNames().IsMatch(local) && !FrenchWords.Key(local).Split(' ').Any(word => Functions.Contains(word));
    }

    private static readonly HashSet<string> Functions = new(
        [
            "clsm", "cosm", "cism", "csme", "contact", "accueil", "sante", "mentale", "mairie", "ville", "coordination", "coordinateur", "coordinatrice", "coordo", "service", "services", "info", "infos", "secretariat",
            "direction", "ccas", "cias", "ars", "epsm", "ch", "chu", "psy", "psychiatrie", "conseil", "local", "pole", "social", "solidarites", "prevention", "promotion", "handicap", "hygiene", "asv", "cls", "ptsm", "gem", "association", "reseau", "maison", "centre", "communication", "no", "reply",
        ],
        StringComparer.Ordinal);

    // ---- territory ----------------------------------------------------------------------------------------------------------------------

    private Territory? MapTerritory()
    {
        var cell = sheet["territoire"];
        var known = cell.IsObject ? Members(cell, "territoire") : new Dictionary<string, Cell> { ["libelle"] = cell };
        var label = Joined(known.GetValueOrDefault("libelle").Leaves(), 500);
        var departments = new List<string>();
        foreach (var item in List(known.GetValueOrDefault("departement"), atCommas: true))
        {
            var code = item.Text is { } text && DepartmentCode().Match(text.ToUpperInvariant()) is { Success: true } match ? match.Groups[1].Value.PadLeft(2, '0') : null;
            if (code is not null && departments.Count < 20)
            {
                Place(item);
                if (!departments.Contains(code))
                {
                    departments.Add(code);
                }
            }
            else if (item.Text is not null)
            {
                Note(new Violation("department-not-found", [item.Text]) { Value = item.Text }, item);
            }
        }

        if (departments.Count > 0)
        {
            evidence["/territory/departments"] = Inferred("Conclusion de la personne qui a rempli la fiche, d’après le lieu.");
        }

        var hint = departments.Count == 1 ? departments[0] : null;
        var parts = new List<TerritoryPart>();
        AddParts(parts, known.GetValueOrDefault("communes"), "commune", hint);
        AddParts(parts, known.GetValueOrDefault("epci"), "epci", hint);
        AddSectors(parts, known.GetValueOrDefault("secteurs"));
        return label is null && parts.Count == 0 && departments.Count == 0 ? null : new Territory { Label = label, Parts = Some(parts), Departments = Some(departments) };
    }

    private void AddParts(List<TerritoryPart> parts, Cell cell, string type, string? department)
    {
        foreach (var item in List(cell, atCommas: type == "commune").SelectMany(item => item.Leaves()))
        {
            if (Fit(item, 300) is not { } name || parts.Count >= 500)
            {
                continue;
            }

            var candidates = type == "epci" ? territories.FindEpci(name, department) : territories.FindCommunes(name, department);
            var stated = type == "commune" && Arrondissement().IsMatch(name) ? "municipal-arrondissement" : type;
            var part = candidates is [var only] ? new TerritoryPart { Type = only.Type, Code = only.Code, Label = name } : new TerritoryPart { Type = stated, Label = name };
            if (parts.Exists(other => other.Type == part.Type && (other.Label == part.Label || (part.Code is not null && other.Code == part.Code))))
            {
                continue;
            }

            parts.Add(part);
            if (part.Code is not null)
            {
                evidence[$"/territory/parts{Violation.Segment($"{part.Type}:{part.Code}")}/code"] = Inferred($"Code trouvé d’après le nom « {name} »{(department is null ? "" : $" dans le département {department}")}.");
            }
            else
            {
                Note(
                    candidates.Count == 0
                        ? new Violation("territory-not-found", [name]) { Value = name }
                        : new Violation("ambiguous-territory", [name, string.Join(", ", candidates.Take(20).Select(candidate => $"{candidate.Name} ({candidate.Code})"))]) { Value = name },
                    item);
            }
        }
    }

    private void AddSectors(List<TerritoryPart> parts, Cell cell)
    {
        foreach (var item in List(cell, atCommas: true).SelectMany(item => item.Leaves()))
        {
            if (Fit(item, 300) is not { } name || parts.Count >= 550)
            {
                continue;
            }

            var code = SectorCode().Match(name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()) is { Success: true, Value: var found } ? found : null;
            var part = new TerritoryPart { Type = "psychiatric-sector", Code = code, Label = code == name ? null : name };
            if (!parts.Contains(part))
            {
                parts.Add(part);
            }
        }
    }

    [GeneratedRegex(@"ouverte?s? à tou[ts]|ouverte?s? à l['’]ensemble", RegexOptions.IgnoreCase)]
    private static partial Regex OpenToAll();

    [GeneratedRegex(@"^(?:les |des )?groupes\s", RegexOptions.IgnoreCase)]
    private static partial Regex ClassOfGroups();

    [GeneratedRegex(@"(?<!\d)(\d{1,2})\s*(?:-|–|au|et)\s*(\d{1,2})\s+(\p{L}+\.?\s+(?:19|20)\d\d)", RegexOptions.IgnoreCase)]
    private static partial Regex DaySpan();

    [GeneratedRegex(@"[^\s<>,;|/()«»""]+@[^\s<>,;|/()«»""]+")]
    private static partial Regex EmailWords();

    [GeneratedRegex(@"\b(?:M\.|Mme|Mlle|Dr|Pr|Docteur|Monsieur|Madame)\s+\p{Lu}")]
    private static partial Regex Civility();

    [GeneratedRegex(@"^\p{L}+(?:-\p{L}+)?[._]\p{L}[\p{L}-]+$|^\p{L}{3,}-\p{L}{3,}$")]
    private static partial Regex TwoNames();

    [GeneratedRegex(@"(?<!\d)(\d{5})\s+(\p{L}[^\n;|]*)$", RegexOptions.Singleline)]
    private static partial Regex PostcodeAndCity();

    [GeneratedRegex(@"\b\d{4,6}\b")]
    private static partial Regex Digits5();

    [GeneratedRegex(@"^(?:[\p{L}\s'’.-]+\()?(0?[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-8]|98[4-9])\)?$")]
    private static partial Regex DepartmentCode();

    [GeneratedRegex(@"\barrondissement\b|\b(?:Paris|Lyon|Marseille)\s+\d{1,2}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Arrondissement();

    [GeneratedRegex("^(?:[0-9]{2,3}|2[AB])[A-Z][0-9]{2}$")]
    private static partial Regex SectorCode();
}
