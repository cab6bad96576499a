using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Http;
using CLSM.Directory.Api.Statements;

namespace CLSM.Directory.Api.Sheets;

/// <summary>The document of a sheet, with what a person should know about the way there.</summary>
internal sealed record MappedSheet(CouncilDocument Document, IReadOnlyList<Violation> Notes, IReadOnlyList<KeptWords> Kept);

/// <summary>
/// Turns a sheet into a council document. What a sheet says in so many words is `stated`; codes that were chosen by its words are `inferred`
/// and say by which; what it does not say is `not-stated`. Whatever found no place is kept as words: the last step walks every value of the
/// sheet and keeps each one that the document does not hold.
/// </summary>
internal sealed partial class SheetMapping
{
    private const int MostReason = 1000;

    private readonly CouncilSheet sheet;
    private readonly ITerritoryNames territories;
    private readonly DateOnly today;
    private readonly List<Violation> notes = [];
    private readonly List<KeptWords> kept = [];
    private readonly HashSet<string> placed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> pieces = new(StringComparer.Ordinal);
    private readonly EvidenceMap evidence = [];
    private readonly OrganisationNames organisations = new();
    private readonly List<ParticipantCategory> categories = [];
    private IReadOnlyList<Source> sources = [];
    private string source = "";

    private SheetMapping(CouncilSheet sheet, ITerritoryNames territories, DateOnly today)
    {
        this.sheet = sheet;
        this.territories = territories;
        this.today = today;
    }

    public static MappedSheet Map(CouncilSheet sheet, ITerritoryNames territories, DateOnly today) => new SheetMapping(sheet, territories, today).Map();

    private MappedSheet Map()
    {
        Place(sheet["id"]);
        KeepUnknown(sheet.Unknown, CouncilSheet.Keys.Keys);
        MapSources();
        CollectOrganisations();
        var status = MapStatus();
        var foundation = MapFoundation();
        var coordination = MapCoordination();
        var (website, links) = MapWebsites();
        var means = MapMeans();
        var document = new CouncilDocument
        {
            Code = sheet.Id,
            Kind = Kind(out var audience),
            Name = sheet.Name,
            Audience = audience,
            Aliases = MapAliases(),
            Status = status,
            StatusHistory = MapStatusHistory(status),
            Territory = MapTerritory(),
            Foundation = foundation,
            Objectives = MapObjectives(),
            Posts = MapPosts(),
            Coordination = coordination,
            Means = means,
            Frameworks = MapFrameworks(),
            Website = website,
            Links = links,
            Sources = sources,
            GovernanceBodies = Some(MapBodies()),
            WorkingGroups = Some(MapGroups()),
            Contacts = Some(MapContacts()),
            Events = Some(MapEvents()),
            Organisations = Some(MapOrganisations()),
        };
        document = document with { Themes = ThemesOf(document), Participation = MapParticipation() };
        MapNotes();
        AddMissing(document);
        document = document with { Evidence = evidence };
        KeepUnplaced(document);
        return new MappedSheet(document with { KeptAsWords = Some(kept) }, notes, kept);
    }

    // ---- what all members need ----------------------------------------------------------------------------------------------------------

    private Evidence Stated(string? words = null) => new() { State = "stated", Source = source, Reason = words is null ? null : Reason(words) };

    private static Evidence Inferred(string reason) => new() { State = "inferred", Reason = Reason(reason) };

    private static Evidence NotStated => new() { State = "not-stated" };

    private static Evidence ByWords(string words) => Inferred($"Classement de l’annuaire d’après les mots « {words} ».");

    private static string Reason(string text) => text.Length <= MostReason ? text : text[..(MostReason - 1)] + "…";

    private static List<T>? Some<T>(List<T> list) => list.Count == 0 ? null : list;

    private void Note(Violation violation, Cell cell) => notes.Add(violation with { Pointer = cell.Pointer });

    /// <summary>Says that the document holds this value in another form.</summary>
    private void Place(Cell cell) => placed.Add(cell.Piece is null ? cell.Pointer : $"{cell.Pointer}\n{cell.Piece}");

    /// <summary>The text of a cell, where it fits; what does not fit is kept as words by the last step.</summary>
    private static string? Fit(Cell cell, int maximum) => cell.Text is { } text && text.Length <= maximum ? text : null;

    /// <summary>The members of a list; a text that holds several is cut at line ends, bars and semicolons.</summary>
    private List<Cell> List(Cell cell, bool atCommas = false)
    {
        var list = new List<Cell>();
        foreach (var item in cell.Items())
        {
            var isWhole = item.IsObject || item.Text is null || cell.Value.ValueKind is JsonValueKind.Array;
            string[] parts = isWhole ? [] : [.. (atCommas ? CommaSeparators() : Separators()).Split(item.Text!).Select(part => part.Trim()).Where(part => part.Length > 0)];
            if (parts.Length < 2)
            {
                list.Add(item);
                continue;
            }

            pieces[item.Pointer] = [.. parts];
            list.AddRange(parts.Select(part => item with { Piece = part }));
        }

        return list;
    }

    /// <summary>The known members of an object in a list; unknown ones are kept.</summary>
    private Dictionary<string, Cell> Members(Cell cell, string key)
    {
        var found = new Dictionary<string, Cell>(StringComparer.Ordinal);
        KeepUnknown(CouncilSheet.Resolve(cell, CouncilSheet.Keys[key], found), CouncilSheet.Keys[key]);
        return found;
    }

    private void KeepUnknown(IEnumerable<(string Name, Cell Cell)> unknown, IEnumerable<string> keys)
    {
        foreach (var (name, cell) in unknown)
        {
            Note(new Violation("unknown-key", [name]) { Closest = Closeness.Closest(name, keys) }, cell);
            Keep(cell);
        }
    }

    private void Keep(Cell cell)
    {
        foreach (var leaf in cell.Leaves())
        {
            Keep(leaf.Pointer, leaf.Text!);
            Place(leaf);
        }
    }

    private void Keep(string pointer, string text)
    {
        var path = pointer.Length <= 500 ? pointer : pointer[..500];
        path = string.IsNullOrWhiteSpace(path) ? "/" : path;
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(20_000, text.Length - start);
            length -= start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]) ? 1 : 0;
            var piece = text.Substring(start, length);
            if (!string.IsNullOrWhiteSpace(piece))
            {
                kept.Add(new KeptWords { Path = path, Text = piece });
            }

            start += length;
        }
    }

    private void MapNotes()
    {
        foreach (var leaf in sheet["notes"].Leaves())
        {
            Keep(leaf.Pointer, leaf.Text!);
            Place(leaf);
        }
    }

    /// <summary>Nothing is dropped: every value that the document does not hold is kept in its own words.</summary>
    private void KeepUnplaced(CouncilDocument document)
    {
        var whole = JsonSerializer.SerializeToElement(document, DirectoryJson.Web.CouncilDocument);
        var texts = new Cell(whole, "").Leaves().Select(leaf => FrenchWords.Key(leaf.Text!)).ToHashSet(StringComparer.Ordinal);
        var all = string.Join("\n", texts);
        foreach (var leaf in sheet.Root.Leaves())
        {
            foreach (var text in pieces.GetValueOrDefault(leaf.Pointer) ?? [leaf.Text!])
            {
                var key = FrenchWords.Key(text);
                if (!placed.Contains(leaf.Pointer) && !placed.Contains($"{leaf.Pointer}\n{text}")
                    && (key.Length == 0 || (!texts.Contains(key) && !all.Contains(key, StringComparison.Ordinal))))
                {
                    Keep(leaf.Pointer, text);
                }
            }
        }
    }

    /// <summary>What a sheet could have said and did not.</summary>
    private void AddMissing(CouncilDocument document)
    {
        (string Pointer, bool IsThere)[] members =
        [
            ("/aliases", document.Aliases is not null), ("/territory", document.Territory is not null), ("/foundation", document.Foundation is not null),
            ("/foundation/date", document.Foundation?.Date is not null || document.Foundation is null), ("/foundation/founders", document.Foundation?.Founders is not null || document.Foundation is null),
            ("/objectives", document.Objectives is not null), ("/participation", document.Participation is not null), ("/means", document.Means is not null),
            ("/posts", document.Posts is not null), ("/coordination", document.Coordination is not null), ("/frameworks", document.Frameworks is not null),
            ("/website", document.Website is not null), ("/statusHistory", document.StatusHistory is not null),
            ("/governanceBodies", document.GovernanceBodies is not null), ("/workingGroups", document.WorkingGroups is not null),
            ("/organisations", document.Organisations is not null), ("/contacts", document.Contacts is not null), ("/events", document.Events is not null),
        ];
        foreach (var (pointer, isThere) in members)
        {
            if (!isThere)
            {
                evidence[pointer] = NotStated;
            }
        }
    }

    // ---- the council itself -------------------------------------------------------------------------------------------------------------

    private void MapSources()
    {
        var list = new List<Source>();
        var addresses = List(sheet["sources"]);
        foreach (var cell in addresses)
        {
            var known = cell.IsObject ? Members(cell, "sources") : [];
            var address = cell.IsObject ? known.GetValueOrDefault("url") : cell;
            var url = address.Text is { } text ? AddressIn(text) : null;
            var retrieved = known.TryGetValue("consulte", out var day) && day.Text is { } words && FuzzyDates.Parse(words) is { Precision: "day", Value: var value }
                ? DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture) : (DateOnly?)null;
            if (!cell.IsObject && cell.Text is { } line && FuzzyDates.Find(line) is [{ Date: { Precision: "day", Value: var inLine } }])
            {
                retrieved = DateOnly.ParseExact(inLine, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            }

            if (retrieved is not null && known.ContainsKey("consulte"))
            {
                Place(day);
            }

            var title = address.Text is { Length: <= 500 } named && named != url ? named : null;
            if ((url is null && title is null && retrieved is null) || list.Count >= 100)
            {
                continue;
            }

            if (url is not null)
            {
                Place(address);
            }

            list.Add(new Source { Id = $"source-{list.Count + 1}", Url = url, Title = title, RetrievedOn = retrieved });
        }

        if (list.Count == 0)
        {
            list.Add(new Source { Id = "sheet", Title = $"Fiche « {sheet.Name} »"[..Math.Min(500, sheet.Name.Length + 10)] });
        }

        sources = list;
        source = list[0].Id;
        evidence[""] = list.Count == 1 ? Stated() : Stated($"La fiche cite {list.Count} sources sans dire laquelle dit quoi ; la première est nommée.");
        evidence["/code"] = Inferred("Identifiant de la fiche.");
    }

    private string Kind(out string? audience)
    {
        var names = string.Join(" ; ", new[] { sheet.Name }.Concat(sheet["alias"].Items().Select(alias => alias.Text ?? "")));
        var kind = FrenchWords.CouncilKind(names);
        evidence["/kind"] = Inferred($"Classement de l’annuaire d’après le nom « {sheet.Name} ».");
        audience = kind == "csme" ? "students" : null;
        if (audience is not null)
        {
            evidence["/audience"] = Inferred($"Classement de l’annuaire d’après le nom « {sheet.Name} ».");
        }

        return kind;
    }

    private List<CouncilAlias>? MapAliases()
    {
        var aliases = new List<CouncilAlias>();
        foreach (var cell in List(sheet["alias"]))
        {
            if (Fit(cell, 300) is { } name && aliases.Count < 50 && !aliases.Exists(alias => alias.Name == name))
            {
                var kind = Former().IsMatch(name) ? "former" : AcronymOnly().IsMatch(name) ? "acronym" : "usual";
                aliases.Add(new CouncilAlias { Name = name, Kind = kind });
                evidence[$"/aliases{Violation.Segment(name)}/kind"] = Inferred("Classement de l’annuaire d’après la forme du nom.");
            }
        }

        return Some(aliases);
    }

    private string MapStatus()
    {
        var cell = sheet["statut"];
        if (cell.Text is null)
        {
            evidence["/status"] = Inferred("La fiche ne dit pas le statut.");
            return "unknown";
        }

        if (FrenchWords.Status(cell.Text) is { } code)
        {
            Place(cell);
            evidence["/status"] = Inferred($"« {cell.Text} » : conclusion de la personne qui a rempli la fiche{(sheet["statutConstateEn"].Text is { } year ? $", d’après une source de {year}" : "")}.");
            return code;
        }

        Note(new Violation("unknown-word", [cell.Text, string.Join(", ", FrenchWords.StatusWords)]) { Value = cell.Text, Closest = Closeness.Closest(cell.Text, FrenchWords.StatusWords) }, cell);
        evidence["/status"] = Inferred($"La fiche dit « {cell.Text} », qui n’est pas un statut connu.");
        Keep(cell);
        return "unknown";
    }

    private List<StatusChange>? MapStatusHistory(string status)
    {
        var cell = sheet["statutConstateEn"];
        if (cell.Text is not { } text)
        {
            return null;
        }

        if (FuzzyDates.Parse(text) is not { } date)
        {
            Note(new Violation("date-not-understood", [text]) { Value = text }, cell);
            return null;
        }

        Place(cell);
        evidence["/statusHistory"] = Inferred($"Statut constaté en {text} ; la fiche ne dit pas depuis quand.");
        return [new StatusChange { Status = status, From = new FuzzyDate { Value = date.Value, Precision = "before", Text = $"constaté en {text}"[..Math.Min(500, text.Length + 12)] } }];
    }

    private Foundation? MapFoundation()
    {
        var (yearCell, textCell) = (sheet["anneeCreation"], sheet["creationTexte"]);
        var texts = textCell.Leaves().Select(leaf => leaf.Text!).ToList();
        var text = string.Join(" ; ", texts) is { Length: > 0 and <= 2000 } words ? words : null;
        var stated = yearCell.Text is { } year ? FuzzyDates.Parse(year) : null;
        var shown = stated;
        if (stated is not null)
        {
            Place(yearCell);
        }
        else if (yearCell.Text is not null)
        {
            Note(new Violation("date-not-understood", [yearCell.Text]) { Value = yearCell.Text }, yearCell);
        }

        var inText = text is null ? [] : FuzzyDates.Find(text);
        var founding = inText.Where(date => IsFounding(text!, date)).ToList();
        if (shown is { Precision: "year", Value: var wanted })
        {
            // A closer date of the same year, where the words say that it is the birth.
            shown = founding.Where(date => date.Year == wanted).Select(date => date.Date).OrderByDescending(date => date.Value.Length).FirstOrDefault() ?? shown with { Text = shown.Text == wanted ? null : shown.Text };
        }
        else if (shown is null)
        {
            shown = founding.Select(date => date.Date.Value).Distinct().Count() == 1 ? founding[0].Date : inText is [{ Date: var only }] && IsNothingElse(text!, inText[0]) ? only : null;
        }

        var others = shown is null ? [] : inText.Select(date => date.Date).Where(date => date.Value[..4] != shown.Value[..4]).DistinctBy(date => date.Text).Take(50).ToList();
        if (others.Count > 0)
        {
            Note(
                new Violation(founding.Exists(date => date.Year != shown!.Value[..4]) ? "sources-disagree" : "other-dates", [shown!.Value, string.Join(", ", others.Select(date => date.Text))]) { Value = shown.Value },
                textCell);
            evidence["/foundation/otherDates"] = Stated("Dates que le texte de la fiche donne aussi ; celle qui est montrée est une autre.");
        }

        var founders = sheet["partenairesFondateurs"].Value.ValueKind is JsonValueKind.Undefined ? [] : Founders();
        return shown is null && text is null && founders.Count == 0
            ? null
            : new Foundation { Date = shown, OtherDates = Some(others), Founders = Some(founders), Text = text };
    }

    private List<OrganisationReference> Founders()
    {
        var founders = new List<OrganisationReference>();
        foreach (var name in NamesIn(sheet["partenairesFondateurs"]))
        {
            if (OrganisationNames.IsOrganisation(name.Text!) && organisations.Find(name.Text!) is { } found)
            {
                if (founders.Count < 50 && !founders.Exists(founder => founder.Name == found.Name))
                {
                    founders.Add(found.Reference);
                }
            }
            else
            {
                // A kind of founders is no organisation; that it founds is kept in its own words.
                AddCategory(name);
                Keep(name.Pointer, name.Text!);
            }
        }

        return founders;
    }

    private Coordination? MapCoordination()
    {
        var cells = sheet["institutionCoordinatrice"].Leaves().ToList();
        if (cells.Count == 0)
        {
            return null;
        }

        var carriers = cells.SelectMany(cell => CarriersOf(cell.Text!)).Select(organisations.Find).OfType<OrganisationNames.Entry>().Distinct().ToList();
        var units = cells.Select(cell => OrganisationNames.Split(cell.Text!).Inner).Where(inner => inner is { Length: <= 300 } && Unit().IsMatch(inner)).Select(inner => inner!).ToList();
        var text = string.Join(" ; ", cells.Select(cell => cell.Text));
        if (carriers.Count > 1)
        {
            evidence["/coordination/organisation"] = Inferred($"La fiche nomme {carriers.Count} porteurs ; le premier est montré ici, tous ont le rôle de porteur.");
        }

        return new Coordination { Organisation = carriers.FirstOrDefault()?.Reference, UnitPath = units.Count == 1 && carriers.Count == 1 ? units : null, Text = text.Length <= 1000 ? text : null } is var coordination
            && (coordination.Organisation is not null || coordination.Text is not null) ? coordination : null;
    }

    private List<Objective>? MapObjectives()
    {
        var objectives = new List<Objective>();
        foreach (var cell in List(sheet["axes"]))
        {
            var texts = cell.Leaves().ToList();
            var objective = texts.Count == 1 && !cell.IsObject ? new Objective { Text = Fit(texts[0], 5000) }
                : new Objective { Title = texts.Count > 0 ? Fit(texts[0], 300) : null, Text = texts.Count > 1 ? Joined(texts.Skip(1), 5000) : null };
            if ((objective.Text ?? objective.Title) is not null && objectives.Count < 100 && !objectives.Contains(objective))
            {
                objectives.Add(objective);
            }
        }

        return Some(objectives);
    }

    private List<Post>? MapPosts()
    {
        var posts = new List<Post>();
        foreach (var cell in List(sheet["presidence"]))
        {
            var known = cell.IsObject ? Members(cell, "presidence") : new Dictionary<string, Cell> { ["texte"] = cell };
            var (function, text) = (known.GetValueOrDefault("fonction").Text ?? "", known.GetValueOrDefault("texte").Text ?? "");
            var label = text.Length == 0 || FrenchWords.Key(function).Contains(FrenchWords.Key(text), StringComparison.Ordinal) ? function
                : FrenchWords.Key(text).Contains(FrenchWords.Key(function), StringComparison.Ordinal) ? text
                : $"{text} : {function}";
            if (string.IsNullOrWhiteSpace(label) || label.Length > 500 || posts.Count >= 50)
            {
                continue;
            }

            var code = FrenchWords.PostFunction(function, text);
            var post = new Post { Function = code, Label = label };
            if (!posts.Contains(post))
            {
                posts.Add(post);
                evidence[$"/posts{Violation.Segment(label)}/function"] = ByWords(label);
            }
        }

        return Some(posts);
    }

    private Means? MapMeans()
    {
        var funders = new List<Funder>();
        foreach (var cell in List(sheet["financement"]))
        {
            var known = cell.IsObject ? Members(cell, "financement") : new Dictionary<string, Cell> { ["texte"] = cell };
            var (name, text) = (known.GetValueOrDefault("financeur"), known.GetValueOrDefault("texte"));
            var (amount, share) = (Amount(known.GetValueOrDefault("montant")), Share(known.GetValueOrDefault("part")));
            var organisation = name.Text is { } named && OrganisationNames.IsOrganisation(named) ? organisations.Find(named) : null;
            string?[] words = [organisation is null ? name.Text : null, text.Text];
            var said = string.Join(" : ", words.OfType<string>());
            var years = text.Text is null ? [] : FuzzyDates.Find(text.Text).Select(date => date.Year).Distinct().ToList();
            var funder = new Funder
            {
                Organisation = organisation?.Reference,
                Amount = amount,
                Share = share,
                Year = years is [var year] ? int.Parse(year, CultureInfo.InvariantCulture) is var number and >= 1950 ? number : null : null,
                Text = said.Length is > 0 and <= 1000 ? said : null,
            };
            if (funder != new Funder() && funders.Count < 100)
            {
                funders.Add(funder);
            }
        }

        return funders.Count == 0 ? null : new Means { Funders = funders };
    }

    private decimal? Amount(Cell cell)
    {
        if (cell.Text is not { } text)
        {
            return null;
        }

        var digits = AmountWords().Match(text);
        if (digits.Success && decimal.TryParse(Blanks().Replace(digits.Groups[1].Value, "").Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= 1_000_000_000)
        {
            Place(cell);
            return amount;
        }

        Note(new Violation("number-not-understood", [text]) { Value = text }, cell);
        return null;
    }

    private decimal? Share(Cell cell)
    {
        if (cell.Text is not { } text)
        {
            return null;
        }

        var match = ShareWords().Match(text);
        if (match.Success && decimal.TryParse(match.Groups[1].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && (match.Groups[2].Success || share > 1 ? share / 100 : share) is var fraction && fraction is >= 0 and <= 1)
        {
            Place(cell);
            return fraction;
        }

        Note(new Violation("number-not-understood", [text]) { Value = text }, cell);
        return null;
    }

    private List<Framework>? MapFrameworks()
    {
        var frameworks = new List<Framework>();
        foreach (var leaf in List(sheet["cadres"]).SelectMany(cell => cell.Leaves()))
        {
            if (Fit(leaf, 500) is { } label && frameworks.Count < 50)
            {
                var framework = new Framework { Kind = FrenchWords.Framework(label), Label = label };
                if (!frameworks.Contains(framework))
                {
                    frameworks.Add(framework);
                    evidence[$"/frameworks{Violation.Segment(label)}/kind"] = ByWords(label);
                }
            }
        }

        return Some(frameworks);
    }

    private (string? Website, List<Link>? Links) MapWebsites()
    {
        string? website = null;
        var links = new List<Link>();
        foreach (var leaf in List(sheet["siteWeb"]).SelectMany(cell => cell.Leaves()))
        {
            if (AddressIn(leaf.Text!) is not { } address)
            {
                Note(new Violation("malformed-web-address", [leaf.Text!]) { Value = leaf.Text }, leaf);
                Keep(leaf);
                continue;
            }

            if (website is null)
            {
                website = address;
                if (!leaf.Text!.Contains(address, StringComparison.Ordinal))
                {
                    evidence["/website"] = Inferred($"La fiche écrit « {leaf.Text} » ; https:// est ajouté.");
                    Place(leaf);
                }
            }
            else if (links.Count < 50)
            {
                links.Add(new Link { Label = leaf.Text!.Length <= 300 ? leaf.Text! : address[..Math.Min(300, address.Length)], Url = address });
            }
        }

        return (website, Some(links));
    }

    private List<string>? ThemesOf(CouncilDocument document)
    {
        var words = (document.Objectives ?? []).Select(objective => objective.Title ?? objective.Text!).ToList();
        var themes = words.SelectMany(FrenchWords.ThemesOf).Concat((document.WorkingGroups ?? []).SelectMany(group => group.Themes ?? [])).Distinct().ToList();
        if (themes.Count > 0)
        {
            evidence["/themes"] = Inferred("Classement de l’annuaire d’après les mots des axes et des groupes de travail.");
        }

        return Some(themes);
    }

    private Participation? MapParticipation()
    {
        foreach (var category in categories)
        {
            evidence[$"/participation/categories{Violation.Segment(category.Label)}/category"] = ByWords(category.Label);
        }

        return categories.Count == 0 ? null : new Participation { Categories = categories };
    }

    /// <summary>A web address in the text, mended where only its beginning is missing.</summary>
    private static string? AddressIn(string text)
    {
        var found = Address().Match(text);
        var address = !found.Success ? null : found.Value.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? found.Value.TrimEnd(',', ';') : $"https://{found.Value.TrimEnd(',', ';', '.')}";
        using var value = address is null ? null : JsonDocument.Parse(JsonSerializer.Serialize(address, StringJson.Default.String));
        return value is not null && new WebAddressAttribute().Check(value.RootElement) is null ? address : null;
    }

    private static string? Joined(IEnumerable<Cell> cells, int maximum) => string.Join(" ; ", cells.Select(cell => cell.Text)) is { Length: > 0 } text && text.Length <= maximum ? text : null;

    /// <summary>The words just before the date say that it is the birth: "créé en", "installé le", "mis en place depuis".</summary>
    private static bool IsFounding(string text, DateInWords date)
    {
        var before = text[Math.Max(0, date.Start - 60)..date.Start];
        return Birth().IsMatch(before);
    }

    private static bool IsNothingElse(string text, DateInWords date) => Joint().IsMatch(text[..date.Start]) && text[date.End..].Trim(' ', '.').Length == 0;

    [GeneratedRegex(@"(?:cré[ée]e?s?|fond[ée]e?s?|install[ée]e?s?|lanc[ée]e?s?|officialis[ée]e?s?|mise?s? en place|en place|constitu[ée]e?s?|inaugur[ée]e?s?|création)(?: officiellement| officialisée?)?\s*(?:,\s*)?(?:en|le|au|depuis|courant|fin|d[ée]but|depuis le|à l['’]|dès|à)?\s*(?:début|fin)?\s*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)?\s*(?:l['’])?$", RegexOptions.IgnoreCase)]
    private static partial Regex Birth();

    [GeneratedRegex(@"^\s*(?:(?:en|le|au|depuis|courant|fin|d[ée]but|depuis le|à l['’]|dans|l['’])\s*)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Joint();

    [GeneratedRegex(@"\s*(?:\||\r?\n|;)\s*")]
    private static partial Regex Separators();

    [GeneratedRegex(@"\s*(?:\||\r?\n|;|,|\set\s)\s*")]
    private static partial Regex CommaSeparators();

    [GeneratedRegex(@"\bancien(?:ne|nement)?\b|\bex-|anciennement", RegexOptions.IgnoreCase)]
    private static partial Regex Former();

    [GeneratedRegex(@"^[\p{Lu}\p{Nd}.\-]{2,15}e?$")]
    private static partial Regex AcronymOnly();

    [GeneratedRegex(@"^(?:service|direction|unité|unite|pôle|pole|département|mission|cellule)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unit();

    [GeneratedRegex(@"^(\d[\d \u00A0\u202F]*(?:[.,]\d{1,2})?)\s*(?:€|euros?|EUR)?$", RegexOptions.IgnoreCase)]
    private static partial Regex AmountWords();

    [GeneratedRegex(@"[ \u00A0\u202F]")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(\d+(?:[.,]\d+)?)\s*(%)?$")]
    private static partial Regex ShareWords();

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""«»]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class StringJson : System.Text.Json.Serialization.JsonSerializerContext;
