namespace CLSM.Directory.Api.StaleResponses;

/// <summary>What a node keeps for the time when the database is away, from the configuration section <c>Outage</c>.</summary>
internal sealed class OutageSettings
{
    public const string Section = "Outage";

    /// <summary>The most that all kept answers together may take; 0 keeps none.</summary>
    public long MostBytes { get; init; } = 64 * 1024 * 1024;
}
