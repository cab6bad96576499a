using System.Text.Json;

namespace CLSM.Directory.Model.Validation;

/// <summary>Reads JSON token by token and knows the JSON Pointer of each, even where names or texts are not valid Unicode.</summary>
internal ref struct JsonTokenReader(ReadOnlySpan<byte> bytes)
{
    private readonly Stack<Container> open = new();
    private Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = StrictJson.MaxLevels });

    public string Pointer { get; private set; } = "";

    public readonly JsonTokenType Token => reader.TokenType;

    /// <summary>The name or text; null where it is not valid Unicode.</summary>
    public string? Text { get; private set; }

    /// <summary>Whether this is a name that its object had before.</summary>
    public bool IsRepeatedName { get; private set; }

    /// <exception cref="JsonException">The bytes are no JSON from here on.</exception>
    public bool Read()
    {
        if (!reader.Read())
        {
            return false;
        }

        Text = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? ReadText() : null;
        IsRepeatedName = false;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                var container = open.Peek();
                Pointer = container.Pointer + ValidationError.Segment(Text ?? "\uFFFD");
                IsRepeatedName = Text is not null && !container.Names.Add(Text);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Pointer = open.Pop().Pointer;
                break;
            default:
                EnterValue();
                break;
        }

        return true;
    }

    private void EnterValue()
    {
        if (open.TryPeek(out var parent) && parent.IsArray)
        {
            Pointer = $"{parent.Pointer}/{parent.Count}";
            parent.Count++;
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            open.Push(new Container(Pointer, reader.TokenType is JsonTokenType.StartArray));
        }
    }

    private readonly string? ReadText()
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private sealed class Container(string pointer, bool isArray)
    {
        public string Pointer { get; } = pointer;

        public bool IsArray { get; } = isArray;

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public int Count { get; set; }
    }
}
