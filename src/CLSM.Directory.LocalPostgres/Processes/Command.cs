using System.ComponentModel;
using System.Diagnostics;

namespace CLSM.Directory.LocalPostgres.Processes;

/// <summary>
/// One program with its arguments, run to its end. There is never a shell between, standard input is closed, and the
/// PG* variables of the caller do not reach the program: they would redirect the server programs.
/// </summary>
internal sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>A directory every user can enter, unless something else is asked for.</summary>
    public string WorkingDirectory { get; init; } = OperatingSystem.IsWindows() ? Path.GetTempPath() : "/";

    /// <summary>Variables for this program only, such as a password that must not be an argument.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Runs the program. One that cannot be started or runs past its limit gives an output that failed, not an
    /// exception: every caller wants to say why. At a cancellation the program and its children are ended.
    /// </summary>
    public async Task<Output> RunAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return Output.Failed(e.Message);
        }

        process.StandardInput.Close();
        var standardOutput = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var standardError = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(bounded.Token);
        }
        catch (OperationCanceledException)
        {
            End(process);
            cancellationToken.ThrowIfCancellationRequested();
            return Output.Failed($"{Path.GetFileName(Program)} did not end within {limit.TotalSeconds:0} s");
        }

        // A server started by the program may have inherited the pipes (it does on Windows): its end is not waited for.
        await Task.WhenAny(Task.WhenAll(standardOutput, standardError), Task.Delay(TimeSpan.FromSeconds(2), cancellationToken));
        return new Output(process.ExitCode, Read(standardOutput), Read(standardError));
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
            // It ended by itself in the meantime.
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
