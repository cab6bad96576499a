using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>Of which instant an export is: the head of the change log in its own snapshot, and all else that it depends on.</summary>
/// <param name="Cursor">The cursor of the change feed from which a copy goes on.</param>
/// <param name="ChangedAt">When the content last changed.</param>
/// <param name="State">A text that differs as soon as the content could differ.</param>
internal sealed record ExportVersion(string Cursor, DateTime ChangedAt, string State)
{
    /// <summary>Weak: the same content may be compressed in several ways.</summary>
    public string TagOf(HttpRequest request) => $"W/{ETags.ForContent(State, $"{request.Path}{request.QueryString}")}";
}
