using CLSM.Directory.Api.Database.Contexts;
using Microsoft.EntityFrameworkCore;

namespace CLSM.Directory.Api.Geography;

/// <summary>A commune that a name may stand for.</summary>
/// <param name="Code">INSEE code that goes with the name.</param>
/// <param name="Name">Name as the reference writes it.</param>
/// <param name="Type">`commune`, `municipal-arrondissement`, `delegated-commune`, `associated-commune` or `former-commune`.</param>
/// <param name="Department">Code of its département.</param>
/// <param name="Current">The commune that it is, or is in, today.</param>
internal sealed record CommuneCandidate(string Code, string Name, string Type, string Department, Place Current);

/// <summary>An EPCI that a name may stand for.</summary>
/// <param name="Siren">SIREN.</param>
/// <param name="Name">Name as the reference writes it.</param>
/// <param name="Departments">Codes of the départements of its communes.</param>
internal sealed record EpciCandidate(string Siren, string Name, IReadOnlyList<string> Departments);

/// <summary>
/// The names of communes and EPCI, in memory, to find what people call them. Names are compared as <see cref="PlaceName"/> says and otherwise
/// exactly: one candidate is an answer, several are a question to be put to the writer, none is an unknown name. Nothing is guessed.
/// </summary>
internal sealed class TerritoryNames
{
    private static readonly string[] InForce = ["commune", "municipal-arrondissement"];

    private readonly ILookup<string, CommuneCandidate> communes;
    private readonly ILookup<string, CommuneCandidate> communesWithoutArticle;
    private readonly Dictionary<string, Place> current;
    private readonly Dictionary<string, Place> departments;

    // From the name as it stands to what is left of it: a looser reading counts only where no closer one finds anything. The empty text finds nothing.
    private readonly IReadOnlyList<(Func<string, string> Reading, ILookup<string, EpciCandidate> Epci)> epci;

    public TerritoryNames(IEnumerable<CommuneCandidate> communes, IEnumerable<EpciCandidate> epci, IEnumerable<Place> departments)
    {
        this.departments = departments.ToDictionary(department => PlaceName.Fold(department.Name), StringComparer.Ordinal);
        var allCommunes = communes.ToList();
        this.communes = allCommunes.ToLookup(commune => PlaceName.Fold(commune.Name), StringComparer.Ordinal);
        communesWithoutArticle = allCommunes.ToLookup(commune => PlaceName.WithoutArticle(PlaceName.Fold(commune.Name)), StringComparer.Ordinal);
        current = allCommunes
            .OrderByDescending(commune => commune.Type == "commune")
            .DistinctBy(commune => commune.Code, StringComparer.Ordinal)
            .ToDictionary(commune => commune.Code, commune => commune.Current, StringComparer.Ordinal);

        // "CA du Bassin d'Arcachon Sud (COBAS)" is called by its name and by what stands between brackets.
        var names = epci
            .SelectMany(one => new[] { BeforeBrackets(one.Name), InBrackets(one.Name) }.OfType<string>().Select(name => (Name: PlaceName.Fold(name), Epci: one)))
            .ToList();
        this.epci =
        [
            Read(plain => plain),
            Read(PlaceName.WithoutEpciType),
            Read(PlaceName.CoreOfEpci),
            (AsAcronym, names.ToLookup(name => PlaceName.Acronym(name.Name), name => name.Epci, StringComparer.Ordinal)),
        ];

        (Func<string, string>, ILookup<string, EpciCandidate>) Read(Func<string, string> reading) => (
            name => reading(PlaceName.Fold(name)),
            names.Where(name => name.Name.Length > 0).ToLookup(name => reading(name.Name), name => name.Epci, StringComparer.Ordinal));
    }

    /// <summary>The names of the reference that is loaded.</summary>
    public static async Task<TerritoryNames> ReadAsync(PublishedDbContext published, CancellationToken cancellationToken)
    {
        var communes = await published.Database.SqlQueryRaw<CommuneLine>(
            """
            select c.code as "Code", c.name as "Name", c.type as "Type", c.department_code as "Department",
                   case when c.type = 'municipal-arrondissement' then c.code else coalesce(p.code, c.code) end as "CurrentCode",
                   case when c.type = 'municipal-arrondissement' then c.name else coalesce(p.name, c.name) end as "CurrentName"
            from published.reference_commune c left join published.reference_commune p on p.code = c.parent_code and p.type = 'commune'
            """).ToListAsync(cancellationToken);
        var epci = await published.Database.SqlQueryRaw<EpciLine>(
            """
            select e.siren as "Siren", e.name as "Name",
                   array(select distinct c.department_code from published.reference_commune c where c.epci_siren = e.siren and c.type = 'commune' order by 1) as "Departments"
            from published.reference_epci e
            """).ToListAsync(cancellationToken);
        var departments = await published.Database.SqlQueryRaw<Place>("""select d.code as "Code", d.name as "Name" from published.reference_department d""").ToListAsync(cancellationToken);
        return new TerritoryNames(
            communes.Select(line => new CommuneCandidate(line.Code, line.Name, line.Type, line.Department, new Place { Code = line.CurrentCode, Name = line.CurrentName })),
            epci.Select(line => new EpciCandidate(line.Siren, line.Name, line.Departments)),
            departments);
    }

    /// <summary>
    /// The communes and municipal arrondissements of a name, in a département where one is given; former, delegated and associated ones only
    /// where there are none in force. "Ville de Metz", "St-Étienne", "Lyon 3ème" and a left-out article are understood.
    /// </summary>
    public IReadOnlyList<CommuneCandidate> FindCommunes(string name, string? department)
    {
        var plain = PlaceName.PlainCommune(name);
        return plain.Length == 0 ? []
            : InForceFirst(communes[plain]) is { Count: > 0 } exact ? exact
            : InForceFirst(communesWithoutArticle[PlaceName.WithoutArticle(plain)]);

        IReadOnlyList<CommuneCandidate> InForceFirst(IEnumerable<CommuneCandidate> found)
        {
            var here = found.Where(commune => department is null || commune.Department == department).ToList();
            var inForce = here.Where(commune => InForce.Contains(commune.Type)).ToList();
            return Ordered(inForce.Count > 0 ? inForce : here.DistinctBy(commune => (commune.Code, commune.Current.Code)), commune => commune.Code);
        }
    }

    /// <summary>
    /// The EPCI of a name, in a département where one is given. "Communauté d'agglomération du Niortais", "Metz", "COBAS (communauté
    /// d'agglomération Bassin d'Arcachon Sud)" and acronyms such as "CALL" are understood.
    /// </summary>
    public IReadOnlyList<EpciCandidate> FindEpci(string name, string? department)
    {
        foreach (var part in new[] { name, BeforeBrackets(name), InBrackets(name) }.OfType<string>().Distinct())
        {
            foreach (var (reading, index) in epci)
            {
                var found = index[reading(part)].Where(one => department is null || one.Departments.Contains(department)).DistinctBy(one => one.Siren).ToList();
                if (found.Count > 0)
                {
                    return Ordered(found, one => one.Siren);
                }
            }
        }

        return [];
    }

    /// <summary>The département of a name, or null.</summary>
    public Place? FindDepartment(string name) => departments.GetValueOrDefault(PlaceName.Fold(name));

    /// <summary>The commune that a code stands for today: itself, the one that a former code is in now, or the arrondissement itself; null for an unknown code.</summary>
    public Place? ResolveCommune(string code) => current.GetValueOrDefault(code);

    private static List<T> Ordered<T>(IEnumerable<T> candidates, Func<T, string> code) => [.. candidates.OrderBy(code, StringComparer.Ordinal)];

    /// <summary>Only what is written in capitals is an acronym.</summary>
    private static string AsAcronym(string name) => name.Any(char.IsLower) ? "" : PlaceName.Fold(name).Replace(" ", "", StringComparison.Ordinal);

    private static string BeforeBrackets(string name) => name.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket ? name[..bracket] : name;

    private static string? InBrackets(string name) =>
        name.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open && name.IndexOf(')', open) is > 0 and var close ? name[(open + 1)..close] : null;

    private sealed record CommuneLine
    {
        public required string Code { get; init; }

        public required string Name { get; init; }

        public required string Type { get; init; }

        public required string Department { get; init; }

        public required string CurrentCode { get; init; }

        public required string CurrentName { get; init; }
    }

    private sealed record EpciLine
    {
        public required string Siren { get; init; }

        public required string Name { get; init; }

        public required string[] Departments { get; init; }
    }
}

/// <summary>The names of the reference, read once a process and again when another reference is loaded.</summary>
internal sealed class TerritoryNameIndex : IDisposable
{
    private readonly SemaphoreSlim reading = new(1);
    private (long Version, TerritoryNames Names)? held;

    public async Task<TerritoryNames> GetAsync(PublishedDbContext published, CancellationToken cancellationToken)
    {
        var version = (await published.Database.SqlQueryRaw<long>("""select version as "Value" from published.reference_state""").ToListAsync(cancellationToken))[0];
        await reading.WaitAsync(cancellationToken);
        try
        {
            if (held?.Version != version)
            {
                held = (version, await TerritoryNames.ReadAsync(published, cancellationToken));
            }

            return held.Value.Names;
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => reading.Dispose();
}
