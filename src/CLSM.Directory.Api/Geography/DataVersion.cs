using CLSM.Directory.Api.Web.Results;

namespace CLSM.Directory.Api.Geography;

/// <summary>The version of everything that an answer about territories depends on.</summary>
/// <param name="Value">Changes with the reference, with any council, and with the day, since parts of territories begin and end.</param>
/// <param name="ChangedAt">When the reference or a council last changed.</param>
internal sealed record DataVersion(string Value, DateTime ChangedAt)
{
    /// <summary>The SQL of <see cref="Value"/>, of <c>reference_state s</c> and <c>change_head h</c>.</summary>
    public const string Sql = "s.version || '-' || h.cursor || '-' || to_char(current_date, 'YYMMDD')";

    /// <summary>
    /// The ETag of what the request asks for. The version is read before the answer: were something written in between, the ETag would only be
    /// too old.
    /// </summary>
    public string ETagFor(HttpRequest request) => ETags.ForContent(Value, $"{request.Path}{request.QueryString}");
}
