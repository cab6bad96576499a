namespace CLSM.Directory.Api.Web.Endpoints;

/// <summary>What an endpoint requires of its caller.</summary>
internal enum RequiredScope
{
    /// <summary>Nothing: public data.</summary>
    None,

    /// <summary>A key of the council in the path, or an administrator's.</summary>
    Council,

    /// <summary>An administrator's key.</summary>
    Administrator,
}
