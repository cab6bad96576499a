namespace CLSM.Directory.Importing.Mapping;

/// <summary>Lists that a document has only where they have members.</summary>
internal static class OptionalLists
{
    public static List<T>? NullIfEmpty<T>(this List<T> list) => list.Count == 0 ? null : list;
}
