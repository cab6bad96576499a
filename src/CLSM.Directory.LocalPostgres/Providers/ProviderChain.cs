using System.Text;
using CLSM.Directory.LocalPostgres.Errors;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>The providers of a PostgreSQL server, in the order in which they are tried.</summary>
internal sealed class ProviderChain
{
    /// <summary>The environment variable that selects the providers and their order.</summary>
    public const string Variable = "CLSM_POSTGRES";

    private readonly IReadOnlyList<IPostgresProvider> providers;
    private readonly IReadOnlyList<IPostgresProvider> excluded;

    private ProviderChain(IReadOnlyList<IPostgresProvider> providers, IReadOnlyList<IPostgresProvider> excluded) =>
        (this.providers, this.excluded) = (providers, excluded);

    /// <summary>The providers of this machine. A configured server comes first: see <see cref="ConfiguredServer"/>.</summary>
    public static ProviderChain Default() => Create(
        [new InstalledPrograms(), new NpmPackage(), new ContainerEngine()],
        Environment.GetEnvironmentVariable(Variable));

    /// <summary>Creates a chain of these providers, or of those that a comma-separated list of names selects.</summary>
    /// <exception cref="LocalPostgresException">The list contains an unknown name.</exception>
    public static ProviderChain Create(IReadOnlyList<IPostgresProvider> providers, string? selection)
    {
        var names = (selection ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0)
        {
            return new ProviderChain(providers, []);
        }

        var selected = names.Select(name => Find(providers, name)).Distinct().ToList();
        return new ProviderChain(selected, [.. providers.Except(selected)]);
    }

    /// <summary>Returns the source of the first provider that has one.</summary>
    /// <exception cref="LocalPostgresException">No provider has a source. The message contains the reason of each.</exception>
    public async Task<IServerSource> ChooseAsync(ServerRequirements requirements, string directory, CancellationToken cancellationToken)
    {
        var reasons = new List<(string Name, string Reason)> { (ConfiguredServer.Name, "no connection string is configured") };
        foreach (var provider in providers)
        {
            var result = await provider.ProbeAsync(requirements, cancellationToken);
            if (result.Source is { } source)
            {
                return source;
            }

            reasons.Add((provider.Name, result.Reason));
        }

        reasons.AddRange(excluded.Select(provider => (provider.Name, $"left out by {Variable}")));
        throw new LocalPostgresException(Message(requirements, directory, reasons));
    }

    private static string Message(ServerRequirements requirements, string directory, IEnumerable<(string Name, string Reason)> reasons)
    {
        var (headline, advice) = requirements switch
        {
            { Container: { } container } => (
                $"The data of {directory} are in the volume {container.Volume} of {container.Engine}, which cannot be used now.",
                $"Start {container.Engine}, or start again with an empty database (all data are lost): -- --reset"),
            { Major: { } major } => (
                $"The data in {directory} need PostgreSQL {major}, which created them. No PostgreSQL {major} was found.",
                $"Install PostgreSQL {major}, or start again with another version (all data are lost): -- --reset"),
            _ => (
                "There is no PostgreSQL to be had.",
                $"Configure the connection string of a server, install PostgreSQL {PostgresVersion.MinMajor} or later, "
                + "install Node.js with npm, or start Docker or Podman."),
        };
        var message = new StringBuilder(headline).AppendLine(" What was tried:");
        foreach (var (name, reason) in reasons)
        {
            message.Append("  ").Append(name).Append(": ").AppendLine(reason);
        }

        return message.Append(advice).ToString();
    }

    private static IPostgresProvider Find(IReadOnlyList<IPostgresProvider> providers, string name) =>
        providers.FirstOrDefault(provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new LocalPostgresException(
            $"{Variable} has the unknown name \"{name}\". "
            + $"Did you mean \"{providers.MinBy(provider => Distance(provider.Name, name.ToLowerInvariant()))!.Name}\"? "
            + $"It is a comma list of: {string.Join(", ", providers.Select(provider => provider.Name))}.");

    // The Levenshtein distance, computed row by row.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
