using System.Text;
using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Ways;

/// <summary>The ways to a PostgreSQL, in the order they are tried.</summary>
internal sealed class WayChain
{
    /// <summary>The variable that chooses which of the ways are tried, and in which order.</summary>
    public const string Variable = "CLSM_POSTGRES";

    private readonly IReadOnlyList<IWay> ways;
    private readonly IReadOnlyList<IWay> leftOut;

    private WayChain(IReadOnlyList<IWay> ways, IReadOnlyList<IWay> leftOut) => (this.ways, this.leftOut) = (ways, leftOut);

    /// <summary>The chain of this machine. A configured server comes before it: see <see cref="ConfiguredServer"/>.</summary>
    public static WayChain Default() => Of(
        [new InstalledPrograms(), new NpmPackage(), new ContainerEngine()],
        Environment.GetEnvironmentVariable(Variable));

    /// <summary>A chain of these ways, of which a comma list of their words may choose.</summary>
    /// <exception cref="LocalPostgresException">The list has a word that is no way.</exception>
    public static WayChain Of(IReadOnlyList<IWay> ways, string? chosen)
    {
        var words = (chosen ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            return new WayChain(ways, []);
        }

        var taken = words.Select(word => Named(ways, word)).Distinct().ToList();
        return new WayChain(taken, [.. ways.Except(taken)]);
    }

    /// <summary>The first way that is open.</summary>
    /// <exception cref="LocalPostgresException">None is; the message has the reason of each.</exception>
    public async Task<IServerSource> ChooseAsync(Need need, string home, CancellationToken cancellationToken)
    {
        var reasons = new List<(string Word, string Reason)> { (ConfiguredServer.Word, "no connection string is configured") };
        foreach (var way in ways)
        {
            var finding = await way.LookAsync(need, cancellationToken);
            if (finding.Source is { } source)
            {
                return source;
            }

            reasons.Add((way.Word, finding.WhyNot));
        }

        reasons.AddRange(leftOut.Select(way => (way.Word, $"left out by {Variable}")));
        throw new LocalPostgresException(Message(need, home, reasons));
    }

    private static string Message(Need need, string home, IEnumerable<(string Word, string Reason)> reasons)
    {
        var (headline, advice) = need switch
        {
            { Container: { } container } => (
                $"The data of {home} are in the volume {container.Volume} of {container.Engine}, which cannot be used now.",
                $"Start {container.Engine}, or begin anew (all data are lost): -- --reset"),
            { Major: { } major } => (
                $"The data in {home} need PostgreSQL {major}, which made them. No PostgreSQL {major} was found.",
                $"Install PostgreSQL {major}, or begin anew with another version (all data are lost): -- --reset"),
            _ => (
                "There is no PostgreSQL to be had.",
                $"Configure the connection string of a server, install PostgreSQL {PostgresVersion.Oldest} or later, "
                + "install Node.js with npm, or start Docker or Podman."),
        };
        var message = new StringBuilder(headline).AppendLine(" What was tried:");
        foreach (var (word, reason) in reasons)
        {
            message.Append("  ").Append(word).Append(": ").AppendLine(reason);
        }

        return message.Append(advice).ToString();
    }

    private static IWay Named(IReadOnlyList<IWay> ways, string word) =>
        ways.FirstOrDefault(way => way.Word.Equals(word, StringComparison.OrdinalIgnoreCase))
        ?? throw new LocalPostgresException(
            $"{Variable} has the unknown word \"{word}\". Did you mean \"{ways.MinBy(way => Distance(way.Word, word.ToLowerInvariant()))!.Word}\"? "
            + $"It is a comma list of: {string.Join(", ", ways.Select(way => way.Word))}.");

    // Levenshtein's, row by row.
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
