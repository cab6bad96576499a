using System.Text.Json;
using CLSM.Directory.Importing.Reading;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Text;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>
/// What found no place in the document and is kept in its own words. Nothing is dropped: the last step walks every value of the sheet and keeps
/// each one that the document does not hold.
/// </summary>
internal sealed class UnmappedText
{
    private const int MaxTextLength = 20_000;
    private const int MaxPathLength = 500;

    private readonly List<KeptWords> kept = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> segments = new(StringComparer.Ordinal);

    public List<KeptWords> Kept => kept;

    /// <summary>Says that a text was cut into segments, each of which is used or kept.</summary>
    public void Cut(Cell cell, string[] parts) => segments[cell.Pointer] = parts;

    /// <summary>Says that the document holds this value in another form.</summary>
    public void MarkUsed(Cell cell) => used.Add(cell.Segment is null ? cell.Pointer : Key(cell.Pointer, cell.Segment));

    /// <summary>Keeps every text of a cell.</summary>
    public void Keep(Cell cell)
    {
        foreach (var leaf in cell.Leaves())
        {
            Keep(leaf.Pointer, leaf.Text!);
            MarkUsed(leaf);
        }
    }

    /// <summary>Keeps a text, cut where one entry cannot hold it.</summary>
    public void Keep(string pointer, string text)
    {
        var path = pointer.Length <= MaxPathLength ? pointer : pointer[..MaxPathLength];
        path = string.IsNullOrWhiteSpace(path) ? "/" : path;
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(MaxTextLength, text.Length - start);
            length -= start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]) ? 1 : 0;
            var part = text.Substring(start, length);
            if (!string.IsNullOrWhiteSpace(part))
            {
                kept.Add(new KeptWords { Path = path, Text = part });
            }

            start += length;
        }
    }

    /// <summary>Keeps every value of the sheet that is not marked as used and that the document does not contain.</summary>
    public void KeepUnused(CouncilSheet sheet, CouncilDocument document)
    {
        var whole = JsonSerializer.SerializeToElement(document, ModelJsonContext.Instance.CouncilDocument);
        var texts = new Cell(whole, "").Leaves().Select(leaf => PlainText.Fold(leaf.Text!)).ToHashSet(StringComparer.Ordinal);
        var all = string.Join("\n", texts);
        foreach (var leaf in sheet.Root.Leaves())
        {
            foreach (var text in segments.GetValueOrDefault(leaf.Pointer) ?? [leaf.Text!])
            {
                var plain = PlainText.Fold(text);
                if (!used.Contains(leaf.Pointer) && !used.Contains(Key(leaf.Pointer, text))
                    && (plain.Length == 0 || (!texts.Contains(plain) && !all.Contains(plain, StringComparison.Ordinal))))
                {
                    Keep(leaf.Pointer, text);
                }
            }
        }
    }

    private static string Key(string pointer, string segment) => $"{pointer}\n{segment}";
}
