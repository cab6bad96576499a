using System.CommandLine;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>The command line: <c>serve</c> where nothing else is said.</summary>
internal static class DirectoryCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("CLSM Directory: the national directory of France's conseils locaux de santé mentale.");
        var serve = new ServeCommand();
        foreach (var option in serve.Options)
        {
            root.Options.Add(option);
        }

        root.SetAction(serve.RunAsync);
        root.Subcommands.Add(serve);
        root.Subcommands.Add(new MigrateCommand());
        root.Subcommands.Add(new ImportCommand());
        root.Subcommands.Add(new ExportCommand());
        root.Subcommands.Add(new KeysCommand());
        root.Subcommands.Add(new ReferenceCommand());
        root.Subcommands.Add(new VacuumCommand());
        root.Subcommands.Add(new SandboxCommand());
        root.Subcommands.Add(new OpenApiCommand());
        return root;
    }
}

/// <summary>Exit codes, for scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something was refused: an invalid document, an unknown council.</summary>
    public const int Refused = 1;

    /// <summary>The database cannot be reached, or a setting is wrong.</summary>
    public const int Unavailable = 3;
}
