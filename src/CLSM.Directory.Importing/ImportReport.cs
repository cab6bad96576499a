using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing;

/// <summary>What an import did, or would do, line by line.</summary>
public sealed record ImportReport
{
    /// <summary>How many lines had which outcome.</summary>
    public required ImportSummary Summary { get; init; }

    /// <summary>Each line, in the order of the file.</summary>
    public required IReadOnlyList<ImportItem> Items { get; init; }
}

/// <summary>How many lines had which outcome.</summary>
public sealed record ImportSummary
{
    /// <summary>Councils that were not there before.</summary>
    /// <example>1</example>
    public required int Created { get; init; }

    /// <summary>Councils that differ from before.</summary>
    /// <example>0</example>
    public required int Changed { get; init; }

    /// <summary>Councils that are as before: nothing was written.</summary>
    /// <example>0</example>
    public required int Unchanged { get; init; }

    /// <summary>Lines of which nothing was stored.</summary>
    /// <example>0</example>
    public required int Refused { get; init; }

    internal ImportSummary With(string outcome) => outcome switch
    {
        ImportItem.CreatedOutcome => this with { Created = Created + 1 },
        ImportItem.ChangedOutcome => this with { Changed = Changed + 1 },
        ImportItem.UnchangedOutcome => this with { Unchanged = Unchanged + 1 },
        _ => this with { Refused = Refused + 1 },
    };

    internal static ImportSummary Empty => new() { Created = 0, Changed = 0, Unchanged = 0, Refused = 0 };
}

/// <summary>One line of an import.</summary>
public sealed record ImportItem
{
    internal const string CreatedOutcome = "created";
    internal const string ChangedOutcome = "changed";
    internal const string UnchangedOutcome = "unchanged";
    internal const string RefusedOutcome = "refused";

    /// <summary>Number of the line in the file, from 1. A CSV record that spans lines has the number of its first.</summary>
    /// <example>1</example>
    public required int Line { get; init; }

    /// <summary>Code of the council, where the line says it.</summary>
    /// <example>amiens</example>
    public string? Council { get; init; }

    /// <summary>`created`, `changed`, `unchanged`, or `refused`: then nothing of the line was stored.</summary>
    /// <example>created</example>
    public required string Outcome { get; init; }

    /// <summary>What differs from before, as pointers into the council's document; parts are named by what people call them.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>Why the line was refused; or, where it was not, what a person should look at. Places are those of the line.</summary>
    public required IReadOnlyList<ProblemError> Problems { get; init; }

    /// <summary>Words that have no place of their own in the directory: they are kept in the council's `keptAsWords`.</summary>
    public required IReadOnlyList<KeptWords> KeptAsWords { get; init; }
}
