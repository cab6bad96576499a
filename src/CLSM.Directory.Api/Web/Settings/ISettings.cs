namespace CLSM.Directory.Api.Web.Settings;

/// <summary>A class of settings, bound to one section of the configuration. Its defaults are also in <c>appsettings.json</c>.</summary>
internal interface ISettings
{
    /// <summary>The section; <c>Limits</c> is <c>Limits__…</c> in the environment.</summary>
    static abstract string Section { get; }
}
