using System.Text.RegularExpressions;

namespace CLSM.Directory.ArchitectureTests;

/// <summary>The source files of the product, as text: for rules that the compiled program no longer shows.</summary>
internal static partial class SourceTree
{
    private static readonly string Sources = Path.Combine(Root(), "src");

    /// <summary>The C# files of a project, without generated ones.</summary>
    public static IEnumerable<SourceFile> FilesOf(string project)
    {
        var root = Path.Combine(Sources, project);
        return System.IO.Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(project, path, File.ReadAllText(Path.Combine(root, path))));
    }

    /// <summary>The folder of the solution. A build for CI does not know the paths of its source files.</summary>
    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CLSM.Directory.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run below the solution.");
        }

        return folder.FullName;
    }

    /// <summary>A source file: its path in its project, and its text.</summary>
    internal sealed partial record SourceFile(string Project, string Path, string Text)
    {
        /// <summary>The namespace that its folder stands for.</summary>
        public string Namespace => Path.Contains('/') ? $"{Project}.{Path[..Path.LastIndexOf('/')].Replace('/', '.')}" : Project;

        /// <summary>The namespaces of the product that it names in its <c>using</c> lines.</summary>
        public IEnumerable<string> Usings() => UsingLine().Matches(Text).Select(match => match.Groups[1].Value);

        [GeneratedRegex(@"^using (CLSM\.Directory\.[\w.]+);", RegexOptions.Multiline)]
        private static partial Regex UsingLine();
    }
}
