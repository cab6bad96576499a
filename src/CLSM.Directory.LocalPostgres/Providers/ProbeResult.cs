using CLSM.Directory.LocalPostgres.Servers;

namespace CLSM.Directory.LocalPostgres.Providers;

/// <summary>A source that can be started, or one line that says why there is none.</summary>
internal sealed record ProbeResult(IServerSource? Source, string Reason)
{
    /// <summary>The provider has a source.</summary>
    public static ProbeResult Available(IServerSource source) => new(source, "");

    /// <summary>The provider has none.</summary>
    public static ProbeResult Unavailable(string reason) => new(null, reason);
}
