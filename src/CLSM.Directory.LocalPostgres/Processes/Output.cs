namespace CLSM.Directory.LocalPostgres.Processes;

/// <summary>What a program that ended has left: its exit code and its words.</summary>
internal sealed record Output(int ExitCode, string StandardOutput, string StandardError)
{
    /// <summary>The program did what it was asked.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Everything it said, complaints first; never empty, so that it can stand in a message.</summary>
    public string Text
    {
        get
        {
            var text = string.Join('\n', new[] { StandardError.Trim(), StandardOutput.Trim() }.Where(part => part.Length > 0));
            return text.Length > 0 ? text : $"exit code {ExitCode}, without a word";
        }
    }

    /// <summary>The last line of the complaints, or of the rest: usually the reason, and short enough for a list.</summary>
    public string LastLine => (StandardError.Trim().Length > 0 ? StandardError.Trim() : Text).Split('\n')[^1].Trim();

    /// <summary>An output for a program that did not come to an end by itself.</summary>
    public static Output Failed(string why) => new(-1, "", why);
}
