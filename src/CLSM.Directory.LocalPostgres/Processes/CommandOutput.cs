namespace CLSM.Directory.LocalPostgres.Processes;

/// <summary>The exit code and the output of a program that has ended.</summary>
internal sealed record CommandOutput(int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>True if the exit code is zero.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>All output, standard error first. Never empty, so that it can be part of a message.</summary>
    public string Text
    {
        get
        {
            var text = string.Join('\n', new[] { StandardError.Trim(), StandardOutput.Trim() }.Where(part => part.Length > 0));
            return text.Length > 0 ? text : $"exit code {ExitCode}, without output";
        }
    }

    /// <summary>The last line of standard error, or else of standard output: usually the reason, and short enough for a list.</summary>
    public string LastLine => (StandardError.Trim().Length > 0 ? StandardError.Trim() : Text).Split('\n')[^1].Trim();

    /// <summary>The output of a program that could not start or did not end in time.</summary>
    public static CommandOutput Failed(string reason) => new(-1, "", reason);
}
