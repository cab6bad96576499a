using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.Features.Sandbox;

/// <summary>How the sandbox is run.</summary>
internal sealed class SandboxOptions : ISettings
{
    public static string Section => "Sandbox";

    /// <summary>Whether the public key is accepted and the council is reset every night.</summary>
    [BooleanSetting]
    [ConfigurationKeyName("Open")]
    public bool IsOpen { get; set; } = true;

    /// <summary>The time of the reset, UTC.</summary>
    [TimeOfDaySetting]
    public TimeOnly ResetAt { get; set; } = new(2, 0);

    /// <summary>The largest number of parts of each kind.</summary>
    [WholeNumberSetting]
    [ConfigurationKeyName("MostRows")]
    public int MaxRows { get; set; } = 200;

    /// <summary>The largest size of the whole content, in bytes of JSON.</summary>
    [WholeNumberSetting]
    [ConfigurationKeyName("MostBytes")]
    public int MaxBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>The last time before an instant at which a reset was due.</summary>
    public DateTimeOffset LastBefore(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date + ResetAt.ToTimeSpan(), TimeSpan.Zero);
        return today <= now ? today : today.AddDays(-1);
    }
}
