namespace CLSM.Directory.LocalPostgres.Processes;

/// <summary>Finds programs as a shell does, without a shell.</summary>
internal static class ProgramPath
{
    /// <summary>The absolute directories on PATH. Relative ones are ignored, because they depend on the working directory.</summary>
    public static IReadOnlyList<string> Directories(string? path = null) =>
        [.. (path ?? Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified)];

    /// <summary>The full path of a program on PATH, or <see langword="null"/>.</summary>
    public static string? Find(string program, string? path = null) =>
        Directories(path)
            .SelectMany(directory => FileNames(program).Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>The file name of a program in a known directory.</summary>
    public static string In(string directory, string program) =>
        Path.Combine(directory, OperatingSystem.IsWindows() ? program + ".exe" : program);

    private static string[] FileNames(string program) =>
        OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : [program];
}
