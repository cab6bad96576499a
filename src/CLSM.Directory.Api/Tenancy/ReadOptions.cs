namespace CLSM.Directory.Api.Tenancy;

/// <summary>A council for trying things out, which only shows where its code is given. The feature that has it registers it.</summary>
internal sealed record TestCouncil(string Code, Guid Id);

/// <summary>What the reads of one scope may see: set by the codes in the path or in the query, and never taken back.</summary>
internal sealed class ReadOptions(TestCouncil test)
{
    /// <summary>Whether the published views show the sandbox.</summary>
    public bool IncludeSandbox { get; private set; }

    /// <summary>Includes the sandbox if its code is among these.</summary>
    public void IncludeNamed(params IEnumerable<string> codes) => IncludeSandbox |= codes.Contains(test.Code);
}
