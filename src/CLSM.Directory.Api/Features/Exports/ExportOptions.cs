using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.Features.Exports;

/// <summary>Limits of exports. Each holds a connection and a snapshot of the database for as long as its reader takes.</summary>
internal sealed class ExportOptions : ISettings
{
    public static string Section => "Exports";

    /// <summary>The largest number of exports that run at the same time; others get 503.</summary>
    [WholeNumberSetting]
    [ConfigurationKeyName("MostAtOnce")]
    public int MaxConcurrent { get; set; } = 8;

    /// <summary>The longest time of one export, including the time in which its reader waits.</summary>
    [DurationSetting]
    [ConfigurationKeyName("Longest")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromHours(1);
}
