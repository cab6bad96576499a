using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>How a CSV is to be written: as French spreadsheets open it, unless it is asked for otherwise.</summary>
internal static class CsvParameters
{
    // Their defaults are told and not stated in the contract: who sends them with another format than CSV is refused.
    private static readonly QueryParameter Delimiter = new ChoiceParameter("delimiter", [";", ",", "tab"], null, "What parts the cells of a CSV; `;` without it.");
    private static readonly QueryParameter ByteOrderMark = new ChoiceParameter("bom", ["true", "false"], null, "Whether a CSV begins with a byte order mark, by which spreadsheets know it as UTF-8; it does without it.");

    public static readonly IReadOnlyList<QueryParameter> All = [Delimiter, ByteOrderMark];

    public static (char Delimiter, bool HasByteOrderMark) From(ParsedQuery query) =>
        (query.GetValue(Delimiter.Name) is { } given ? given == "tab" ? '\t' : given[0] : ';', query.GetValue(ByteOrderMark.Name) != "false");
}
