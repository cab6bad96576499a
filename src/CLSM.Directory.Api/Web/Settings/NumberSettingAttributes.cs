using System.Globalization;

namespace CLSM.Directory.Api.Web.Settings;

/// <summary>A whole number within bounds.</summary>
internal sealed class WholeNumberSettingAttribute(long min, long max, string accepted) : SettingAttribute(accepted)
{
    public WholeNumberSettingAttribute(long min, long max)
        : this(min, max, string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"))
    {
    }

    /// <summary>A positive number.</summary>
    public WholeNumberSettingAttribute()
        : this(1, int.MaxValue, "a positive whole number")
    {
    }

    public override bool Accepts(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max;
}

/// <summary>A time of the day.</summary>
internal sealed class TimeOfDaySettingAttribute() : SettingAttribute("a time (UTC) such as 02:00")
{
    public override bool Accepts(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}

/// <summary>A positive duration. A timer takes no more than 24 days.</summary>
internal sealed class DurationSettingAttribute() : SettingAttribute("a duration such as 01:00:00, of 24 days at most")
{
    private static readonly TimeSpan Max = TimeSpan.FromDays(24);

    public override bool Accepts(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero && duration <= Max;
}
