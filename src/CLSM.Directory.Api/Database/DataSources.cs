namespace CLSM.Directory.Api.Database;

/// <summary>Keys of the two connection pools in the service container.</summary>
internal static class DataSources
{
    /// <summary>The role that reads and writes one council at a time.</summary>
    public const string Service = "service";

    /// <summary>The role that reads what is public.</summary>
    public const string Reader = "reader";
}
