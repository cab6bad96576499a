namespace CLSM.Directory.Api.Web.Settings;

/// <summary>
/// Says which texts a setting accepts. The text is checked before the binder converts it, so that the message can quote
/// it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class SettingAttribute(string accepted) : Attribute
{
    /// <summary>What the setting accepts, as the end of a sentence.</summary>
    public string Accepted => accepted;

    /// <summary>True if the value must not be repeated in messages.</summary>
    public virtual bool IsSecret => false;

    public abstract bool Accepts(string text);
}

/// <summary>Any text.</summary>
internal sealed class TextSettingAttribute() : SettingAttribute("any text")
{
    public override bool Accepts(string text) => true;
}

/// <summary>One of a few words.</summary>
internal sealed class WordSettingAttribute(params string[] words) : SettingAttribute(string.Join(" or ", words))
{
    public override bool Accepts(string text) => words.Contains(text);
}

/// <summary>True or false.</summary>
internal sealed class BooleanSettingAttribute() : SettingAttribute("true or false")
{
    public override bool Accepts(string text) => bool.TryParse(text, out _);
}

/// <summary>A secret that is long enough, or none.</summary>
internal sealed class SecretSettingAttribute(int minLength) : SettingAttribute($"{minLength} characters or more")
{
    public override bool IsSecret => true;

    public override bool Accepts(string text) => text.Length == 0 || text.Length >= minLength;
}
