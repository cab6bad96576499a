namespace CLSM.Directory.Api.Web.Resources;

/// <summary>Texts that ship inside the program.</summary>
internal static class EmbeddedResource
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
        typeof(EmbeddedResource).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Root + prefix, StringComparison.Ordinal))
            .Select(name => name[Root.Length..])
            .Order(StringComparer.Ordinal);

    private static Stream Open(string name) =>
        typeof(EmbeddedResource).Assembly.GetManifestResourceStream(Root + name) ?? throw new InvalidOperationException($"{name} is not embedded.");
}
