using System.Reflection;
using ArchUnitNET.Loader;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>Which folders of an assembly use which, by the dependencies of the compiled types.</summary>
internal sealed class FolderDependencies
{
    private readonly HashSet<(string From, string To)> uses;

    private FolderDependencies(HashSet<(string From, string To)> uses) => this.uses = uses;

    /// <summary>Two folders that use each other, in alphabetical order.</summary>
    public IEnumerable<string> MutualPairs() => uses
        .Where(use => string.CompareOrdinal(use.From, use.To) < 0 && uses.Contains((use.To, use.From)))
        .Select(use => $"{use.From} <-> {use.To}")
        .Order(StringComparer.Ordinal);

    public static FolderDependencies Of(Assembly assembly, string root)
    {
        var architecture = new ArchLoader().LoadAssembly(assembly).Build();
        var uses = new HashSet<(string From, string To)>();
        foreach (var type in architecture.Types)
        {
            if (FolderOf(type.Namespace?.FullName, root) is not { } from)
            {
                continue;
            }

            // The loader takes type parameters of the same name for one type, wherever they are declared.
            var targets = type.Dependencies.Select(dependency => dependency.Target).Where(target => target is not ArchUnitNET.Domain.GenericParameter);
            foreach (var target in targets.Select(target => target.Namespace?.FullName))
            {
                if (FolderOf(target, root) is { } to && to != from)
                {
                    uses.Add((from, to));
                }
            }
        }

        return new FolderDependencies(uses);
    }

    /// <summary>The first segment below the root; the root itself composes all folders and counts as none.</summary>
    private static string? FolderOf(string? name, string root) =>
        name?.StartsWith(root + ".", StringComparison.Ordinal) == true ? name[(root.Length + 1)..].Split('.')[0] : null;
}
