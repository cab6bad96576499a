using System.Globalization;
using System.Text.Json;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Reading;

/// <summary>One value of a sheet and its place. Sheets are forgiving: a text may stand where another sheet has a list, a number where another has a text.</summary>
internal readonly record struct Cell(JsonElement Value, string Pointer, string? Segment = null)
{
    public bool IsObject => Segment is null && Value.ValueKind is JsonValueKind.Object;

    /// <summary>The text or number; null for what says nothing, and for lists and objects.</summary>
    public string? Text => Segment ?? Value.ValueKind switch
    {
        JsonValueKind.String => Clean(Value.GetString()!),
        JsonValueKind.Number => Value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>The members of a list, those of lists in it included; a single value is a list of one.</summary>
    public IEnumerable<Cell> Items()
    {
        if (Segment is not null || Value.ValueKind is not JsonValueKind.Array)
        {
            if (IsObject || Text is not null)
            {
                yield return this;
            }

            yield break;
        }

        var index = 0;
        foreach (var item in Value.EnumerateArray())
        {
            foreach (var inner in new Cell(item, $"{Pointer}/{index.ToString(CultureInfo.InvariantCulture)}").Items())
            {
                yield return inner;
            }

            index++;
        }
    }

    /// <summary>Every text and number in it.</summary>
    public IEnumerable<Cell> Leaves()
    {
        if (IsObject)
        {
            var at = this;
            return Value.EnumerateObject().SelectMany(member => new Cell(member.Value, at.Pointer + ValidationError.Segment(member.Name)).Leaves());
        }

        return Segment is null && Value.ValueKind is JsonValueKind.Array ? Items().SelectMany(item => item.Leaves()) : Text is null ? [] : [this];
    }

    public IEnumerable<(string Name, Cell Cell)> Members()
    {
        var at = this;
        return IsObject ? Value.EnumerateObject().Select(member => (member.Name, new Cell(member.Value, at.Pointer + ValidationError.Segment(member.Name)))) : [];
    }

    /// <summary>The text, where it is not longer; what is longer is kept by <c>UnmappedText</c>.</summary>
    public string? TextWithin(int maximum) => Text is { } text && text.Length <= maximum ? text : null;

    /// <summary>The texts of cells as one; null where there is none, or where it is longer.</summary>
    public static string? Join(IEnumerable<Cell> cells, int maximum) =>
        string.Join(" ; ", cells.Select(cell => cell.Text)) is { Length: > 0 } text && text.Length <= maximum ? text : null;

    private static string? Clean(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().Normalize();
}
