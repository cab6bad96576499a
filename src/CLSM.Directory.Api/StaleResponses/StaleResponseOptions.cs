using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.StaleResponses;

/// <summary>What a node stores to answer while the database is down.</summary>
internal sealed class StaleResponseOptions : ISettings
{
    public static string Section => "Outage";

    /// <summary>The largest size of all stored responses together; 0 stores none.</summary>
    [WholeNumberSetting(0, long.MaxValue, "a whole number of bytes, 0 or more")]
    [ConfigurationKeyName("MostBytes")]
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;
}
