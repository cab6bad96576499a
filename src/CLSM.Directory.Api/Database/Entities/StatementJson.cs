using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Json;

namespace CLSM.Directory.Api.Database.Entities;

/// <summary>Statements as JSON: the same writer for storage and for comparison, so that equal statements are equal bytes.</summary>
internal static class StatementJson
{
    public static string Write<T>(T statement) => JsonSerializer.Serialize(statement, Information<T>());

    public static T Read<T>(string json) => JsonSerializer.Deserialize(json, Information<T>())!;

    public static bool Same<T>(T left, T right) => Same(left, right, Information<T>());

    public static bool Same<T>(T left, T right, JsonTypeInfo<T> record) =>
        JsonSerializer.SerializeToUtf8Bytes(left, record).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(right, record));

    private static JsonTypeInfo<T> Information<T>() => ModelJsonContext.Instance.Options.TypeInfo<T>();
}
