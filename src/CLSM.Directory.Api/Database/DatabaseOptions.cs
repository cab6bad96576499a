using System.Data.Common;
using CLSM.Directory.Api.Web.Settings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// The connection strings. A deployed database needs <c>Service</c> and <c>Reader</c>, and <c>Owner</c> for <c>migrate</c> and <c>keys</c>.
/// Without them the program prepares a database of its own, in the cluster of <c>Administration</c> or in a private one.
/// </summary>
internal sealed class DatabaseOptions : ISettings
{
    public static string Section => "ConnectionStrings";

    /// <summary>The role that owns the schema: migrations and keys.</summary>
    [ConnectionStringSetting]
    public string? Owner { get; set; }

    /// <summary>The role that reads and writes one council at a time.</summary>
    [ConnectionStringSetting]
    public string? Service { get; set; }

    /// <summary>The role that reads public data.</summary>
    [ConnectionStringSetting]
    public string? Reader { get; set; }

    /// <summary>A direct connection for notifications, needed if the reader's goes through a pooler or to a standby.</summary>
    [ConnectionStringSetting]
    public string? Direct { get; set; }

    /// <summary>An administrator of a cluster in which the program prepares the database.</summary>
    [ConnectionStringSetting]
    public string? Administration { get; set; }

    /// <summary>True if the database of an operator is configured.</summary>
    public bool IsDeployed => !string.IsNullOrEmpty(Service) && !string.IsNullOrEmpty(Reader);

    /// <summary>True if some, but not enough connection strings of a deployed database are set.</summary>
    public bool IsIncomplete =>
        !IsDeployed && !(string.IsNullOrEmpty(Owner) && string.IsNullOrEmpty(Service) && string.IsNullOrEmpty(Reader));
}

/// <summary>The connection strings of a deployed database belong together.</summary>
internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options) => options.IsIncomplete
        ? ValidateOptionsResult.Fail(
            "Of ConnectionStrings__Owner, __Service and __Reader only some are set: a deployed database needs Service and Reader, "
            + "and Owner for migrate and keys.")
        : !options.IsDeployed && options.Administration is { Length: > 0 } administration
            && string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(administration).Password)
            ? ValidateOptionsResult.Fail(
                "ConnectionStrings:Administration has no password; wanted: one, from which the passwords of the roles are derived.")
            : ValidateOptionsResult.Success;
}

/// <summary>A connection string of Npgsql. It may contain a password.</summary>
internal sealed class ConnectionStringSettingAttribute()
    : SettingAttribute("a connection string such as Host=…;Database=…;Username=…;Password=…")
{
    public override bool IsSecret => true;

    public override bool Accepts(string text)
    {
        try
        {
            return ((DbConnectionStringBuilder)new NpgsqlConnectionStringBuilder(text)).ConnectionString.Length >= 0;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}
