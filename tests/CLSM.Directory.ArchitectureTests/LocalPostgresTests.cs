using ArchUnitNET.Loader;
using CLSM.Directory.LocalPostgres;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>The folders of CLSM.Directory.LocalPostgres, from the lowest to the highest. The root is the highest.</summary>
internal sealed class LocalPostgresTests
{
    private static readonly string[] Floors = ["Errors", "Processes", "DataDirectories", "Servers", "Providers", ""];

    [Test]
    public void A_folder_uses_only_the_folders_below_it()
    {
        var types = new ArchLoader().LoadAssembly(typeof(LocalCluster).Assembly).Build().Types;
        var uses =
            from type in types
            from dependency in type.Dependencies
            let user = FolderOf(type.Namespace?.FullName)
            let used = FolderOf(dependency.Target.Namespace?.FullName)
            where user is not null && used is not null && Array.IndexOf(Floors, used) > Array.IndexOf(Floors, user)
            select $"{type.FullName} uses {dependency.Target.FullName}";

        Assert.That(uses.Distinct().Order(StringComparer.Ordinal), Is.Empty);
        Assert.That(types.Select(type => FolderOf(type.Namespace?.FullName)).OfType<string>().Distinct(), Is.EquivalentTo(Floors));
    }

    private static string? FolderOf(string? name)
    {
        var root = typeof(LocalCluster).Namespace!;
        return name == root ? "" : name?.StartsWith(root + ".", StringComparison.Ordinal) == true ? name[(root.Length + 1)..].Split('.')[0] : null;
    }
}
