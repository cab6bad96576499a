using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>One JSON value: the cursor, then the resources as lists answer them, then how many they were.</summary>
internal sealed class JsonExportWriter<T>(Stream body, JsonTypeInfo<T> record) : BufferedWriter<T>(body)
{
    private int total;

    protected override void Begin(ExportVersion stamp)
    {
        Json.WriteStartObject();
        Json.WriteString("changesCursor", stamp.Cursor);
        Json.WriteString("changedAt", stamp.ChangedAt);
        Json.WriteStartArray("items");
        Json.Flush();
    }

    protected override void Write(ExportItem<T> item)
    {
        JsonSerializer.Serialize(Json, item.Resource, record);
        Json.Flush();
        total++;
    }

    protected override void End()
    {
        Json.WriteEndArray();
        Json.WriteNumber("total", total);
        Json.WriteEndObject();
        Json.Flush();
    }
}

/// <summary>One resource a line.</summary>
internal sealed class NdjsonExportWriter<T>(Stream body, JsonTypeInfo<T> record) : BufferedWriter<T>(body)
{
    protected override void Begin(ExportVersion stamp)
    {
    }

    protected override void Write(ExportItem<T> item)
    {
        Json.Reset();
        JsonSerializer.Serialize(Json, item.Resource, record);
        Json.Flush();
        Buffer.Write("\n"u8);
    }
}

/// <summary>GeoJSON (RFC 7946): a feature each, with the flat columns as its properties. Who has no position has a null geometry.</summary>
internal sealed class GeoJsonExportWriter<T>(Stream body, IReadOnlyList<ExportColumn<T>> columns, Func<T, Guid?> idOf) : BufferedWriter<T>(body)
{
    private int total;

    protected override void Begin(ExportVersion stamp)
    {
        Json.WriteStartObject();
        Json.WriteString("type", "FeatureCollection");
        Json.WriteString("changesCursor", stamp.Cursor);
        Json.WriteString("changedAt", stamp.ChangedAt);
        Json.WriteStartArray("features");
        Json.Flush();
    }

    protected override void Write(ExportItem<T> item)
    {
        Json.WriteStartObject();
        Json.WriteString("type", "Feature");
        Json.WriteString("id", idOf(item.Resource)!.Value);
        Json.WritePropertyName("geometry");
        WritePoint(item.Place);
        Json.WriteStartObject("properties");
        foreach (var column in columns)
        {
            Json.WritePropertyName(column.Name);
            WriteCell(column.Value(item));
        }

        Json.WriteEndObject();
        Json.WriteEndObject();
        Json.Flush();
        total++;
    }

    protected override void End()
    {
        Json.WriteEndArray();
        Json.WriteNumber("total", total);
        Json.WriteEndObject();
        Json.Flush();
    }

    private void WritePoint(ExportedPlace? place)
    {
        if (place is not { Latitude: { } latitude, Longitude: { } longitude })
        {
            Json.WriteNullValue();
            return;
        }

        Json.WriteStartObject();
        Json.WriteString("type", "Point");
        Json.WriteStartArray("coordinates");
        Json.WriteNumberValue(longitude);
        Json.WriteNumberValue(latitude);
        Json.WriteEndArray();
        Json.WriteEndObject();
    }

    private void WriteCell(object? value)
    {
        switch (value)
        {
            case null:
                Json.WriteNullValue();
                break;
            case bool truth:
                Json.WriteBooleanValue(truth);
                break;
            case int number:
                Json.WriteNumberValue(number);
                break;
            case long number:
                Json.WriteNumberValue(number);
                break;
            case double number:
                Json.WriteNumberValue(number);
                break;
            default:
                Json.WriteStringValue(Cells.Write(value));
                break;
        }
    }
}
