using CLSM.Directory.Api.Web.Settings;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>Limits of the change feed.</summary>
internal sealed class ChangeOptions : ISettings
{
    public static string Section => "Changes";

    /// <summary>
    /// The largest number of requests and streams that wait for a change. They need memory and a socket, but no thread
    /// and no connection.
    /// </summary>
    [WholeNumberSetting]
    public int MaxWaiting { get; set; } = 1000;
}
