using System.ComponentModel;
using System.Diagnostics;

namespace CLSM.Directory.LocalPostgres.Processes;

/// <summary>
/// A program with its arguments. It runs without a shell and with closed standard input. The PG* variables of the caller
/// are removed, because they would redirect PostgreSQL's programs.
/// </summary>
internal sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The working directory. The default is one that every user can enter.</summary>
    public string WorkingDirectory { get; init; } = OperatingSystem.IsWindows() ? Path.GetTempPath() : "/";

    /// <summary>Environment variables for this program only, for example a password that must not be an argument.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Runs the program to its end. If it cannot start or exceeds the timeout, the output says why; there is no exception.
    /// A cancellation ends the program and its children.
    /// </summary>
    public async Task<CommandOutput> RunAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return CommandOutput.Failed(e.Message);
        }

        process.StandardInput.Close();
        var standardOutput = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var standardError = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(timeout);
        try
        {
            await process.WaitForExitAsync(bounded.Token);
        }
        catch (OperationCanceledException)
        {
            End(process);
            cancellationToken.ThrowIfCancellationRequested();
            return CommandOutput.Failed($"{Path.GetFileName(Program)} did not end within {timeout.TotalSeconds:0} s");
        }

        // A server that the program started may have inherited the pipes (on Windows it does), so do not wait for their end.
        await Task.WhenAny(Task.WhenAll(standardOutput, standardError), Task.Delay(TimeSpan.FromSeconds(2), cancellationToken));
        return new CommandOutput(process.ExitCode, Read(standardOutput), Read(standardError));
    }

    private static string Read(Task<string> text) => text.IsCompletedSuccessfully ? text.Result : "";

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended in the meantime.
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(Program, Arguments)
        {
            WorkingDirectory = WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in Variables)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
