using CLSM.Directory.Model.Json;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Provenance;

/// <summary>Evidence by JSON Pointer, in the order of the pointers' letters on every machine, whatever its language.</summary>
public sealed class EvidenceMap : SortedDictionary<string, Evidence>
{
    /// <summary>An empty map.</summary>
    public EvidenceMap()
        : base(StringComparer.Ordinal)
    {
    }

    internal EvidenceMap(IEnumerable<KeyValuePair<string, Evidence>> entries)
        : this()
    {
        foreach (var (pointer, evidence) in entries)
        {
            this[pointer] = evidence;
        }
    }

    /// <summary>The same evidence with members of lists that are known by a name known by another.</summary>
    internal EvidenceMap Renamed(IReadOnlyDictionary<string, string> names) => new(this.Select(entry => KeyValuePair.Create(
        string.Join('/', entry.Key.Split('/').Select(segment =>
            names.TryGetValue(JsonPointer.Unescape(segment), out var name) ? ValidationError.Segment(name)[1..] : segment)),
        entry.Value)));
}
