using System.Text.Json;

namespace CLSM.Directory.LocalPostgres.Homes;

/// <summary>
/// What is remembered about a cluster: where it listens, its superuser's password and, if it lives in a container,
/// which one. Kept in a file only its owner can read.
/// </summary>
internal sealed record ConnectionRecord(int Port, string Password, ContainerRecord? Container = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads the file; <see langword="null"/> when there is none or it is no such record.</summary>
    public static ConnectionRecord? Read(string path)
    {
        try
        {
            var record = JsonSerializer.Deserialize<ConnectionRecord>(File.ReadAllText(path), Json);
            return record is { Password: not null, Port: >= 0 and <= ushort.MaxValue } ? record : null;
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file at once, so that a reader sees the old record or the new one.</summary>
    public void Write(string path)
    {
        var next = path + ".new";
        Access.MakePrivateFile(next, JsonSerializer.Serialize(this, Json));
        File.Move(next, path, overwrite: true);
    }
}

/// <summary>The container of a cluster, the engine and the image it came from, and the volume of a lasting one.</summary>
internal sealed record ContainerRecord(string Engine, string Image, string Name, string? Volume);
