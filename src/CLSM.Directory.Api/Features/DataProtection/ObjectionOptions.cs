using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>The secret of the fingerprints of persons who objected. It must not be in the database.</summary>
internal sealed class ObjectionOptions : ISettings
{
    public static string Section => "Objections";

    [SecretSetting(32)]
    public string? Secret { get; set; }
}
