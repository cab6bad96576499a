using Folder = System.IO.Directory;

namespace CLSM.Directory.LocalPostgres.Tests;

/// <summary>Scripts in the place of programs. Each writes down how it was called, in a file beside it.</summary>
internal static class StandIn
{
    /// <summary>Makes them in a directory, which then serves as PATH.</summary>
    public static string On(string directory, params (string Program, string Script)[] programs)
    {
        Folder.CreateDirectory(directory);
        foreach (var (program, script) in programs)
        {
            var file = Path.Combine(directory, program);
            File.WriteAllText(file, $"#!/bin/sh\necho \"$*\" >> \"$0.calls\"\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        return directory;
    }
}
