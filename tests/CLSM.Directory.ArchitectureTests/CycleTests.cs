using System.Reflection;
using CLSM.Directory.Api;
using CLSM.Directory.Importing.Mapping;
using CLSM.Directory.LocalPostgres;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>No folder uses one that uses it, directly or by way of others: neither in the compiled program nor by <c>using</c> lines.</summary>
internal sealed class CycleTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(DirectoryApplication).Assembly, typeof(Council).Assembly, typeof(SheetMapper).Assembly, typeof(LocalCluster).Assembly];

    [TestCaseSource(nameof(Assemblies))]
    public void No_folder_of_a_project_is_in_a_cycle(Assembly assembly) =>
        Assert.That(CompiledTypes.FoldersOf(assembly).Cycles(), Is.Empty);

    [TestCaseSource(nameof(Assemblies))]
    public void No_using_line_of_a_project_closes_a_cycle(Assembly assembly)
    {
        var project = assembly.GetName().Name!;
        var graph = new FolderGraph(SourceTree.FilesOf(project)
            .SelectMany(file => file.Usings()
                .Where(used => used.StartsWith(project + ".", StringComparison.Ordinal))
                .Select(used => (file.Namespace, used, file.Path))));
        Assert.That(graph.Cycles(), Is.Empty);
    }

    [TestCaseSource(nameof(Assemblies))]
    public void The_namespace_of_a_file_is_its_folder(Assembly assembly)
    {
        var strangers = SourceTree.FilesOf(assembly.GetName().Name!)
            .Where(file => file.Text.Contains("\nnamespace ", StringComparison.Ordinal) || file.Text.StartsWith("namespace ", StringComparison.Ordinal))
            .Where(file => !file.Text.Contains($"namespace {file.Namespace};", StringComparison.Ordinal))
            .Select(file => $"{file.Path} is not in {file.Namespace}");
        Assert.That(strangers, Is.Empty);
    }
}
