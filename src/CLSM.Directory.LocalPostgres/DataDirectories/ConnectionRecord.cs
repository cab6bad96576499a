using System.Text.Json;

namespace CLSM.Directory.LocalPostgres.DataDirectories;

/// <summary>
/// The connection file of a cluster: its port, the password of its superuser and, if it runs in a container, which one.
/// Only its owner can read the file.
/// </summary>
internal sealed record ConnectionRecord(int Port, string Password, ContainerRecord? Container = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads the file; <see langword="null"/> if it is missing or damaged.</summary>
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

    /// <summary>Replaces the file atomically: a reader sees either the old record or the new one.</summary>
    public void Write(string path)
    {
        var next = path + ".new";
        FilePermissions.CreatePrivateFile(next, JsonSerializer.Serialize(this, Json));
        File.Move(next, path, overwrite: true);
    }
}

/// <summary>The container of a cluster with its engine and image, and the volume of a persistent cluster.</summary>
internal sealed record ContainerRecord(string Engine, string Image, string Name, string? Volume);
