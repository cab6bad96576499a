using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>The dependencies between the compiled types of an assembly.</summary>
internal static class CompiledTypes
{
    /// <summary>Which folder (namespace) uses which, with one pair of types as the reason.</summary>
    public static FolderGraph FoldersOf(System.Reflection.Assembly assembly)
    {
        var root = assembly.GetName().Name!;
        return new FolderGraph(new ArchLoader().LoadAssembly(assembly).Build().Types
            .Where(type => IsOurs(type.Namespace?.FullName, root))
            .SelectMany(type => type.Dependencies
                // The loader takes type parameters of the same name for one type, wherever they are declared.
                .Where(dependency => dependency.Target is not GenericParameter)
                .Where(dependency => IsOurs(dependency.Target.Namespace?.FullName, root))
                .Select(dependency => (
                    From: type.Namespace.FullName,
                    To: dependency.Target.Namespace.FullName,
                    Because: $"{type.Name} uses {dependency.Target.Name}")))
            .DistinctBy(use => (use.From, use.To)));
    }

    private static bool IsOurs(string? name, string root) =>
        name is not null && (name == root || name.StartsWith(root + ".", StringComparison.Ordinal));
}
