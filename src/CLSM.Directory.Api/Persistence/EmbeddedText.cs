namespace CLSM.Directory.Api.Persistence;

/// <summary>Texts that ship inside the program.</summary>
internal static class EmbeddedText
{
    private const string Root = "CLSM.Directory.Api.";

    public static string Read(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    public static byte[] ReadBytes(string name)
    {
        using var stream = Open(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static IEnumerable<string> Names(string prefix) =>
        typeof(EmbeddedText).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root + prefix, StringComparison.Ordinal))
            .Select(name => name[Root.Length..])
            .Order(StringComparer.Ordinal);

    private static Stream Open(string name) =>
        typeof(EmbeddedText).Assembly.GetManifestResourceStream(Root + name) ?? throw new InvalidOperationException($"{name} is not embedded.");
}
