using System.Text;
using System.Text.Json;

namespace Strata.Learning.Data.Reading;

/// <summary>Rewrites JSON objects as delimited text, in two passes: one for the names, one for the values.</summary>
internal sealed class JsonRewriter(TableReadOptions options, CancellationToken cancellation)
{
    private const int ObjectsBetweenChecks = 1 << 12;
    private static readonly JsonReaderOptions Reading = new() { AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Disallow };

    private readonly Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
    private readonly List<byte[]> names = [];
    private readonly SortedSet<int> nested = [];

    /// <summary>The names of values that are lists or objects somewhere.</summary>
    public IEnumerable<string> NestedNames => nested.Select(i => Encoding.UTF8.GetString(names[i]));

    /// <summary>True when the objects stand in an array.</summary>
    /// <exception cref="DataException">Something else than objects is there, or they have too many names.</exception>
    public bool Rewrite(ReadOnlySpan<byte> json, Stream destination)
    {
        bool isArray = ForEachObject(json, row: null);
        if (names.Count == 0)
        {
            throw new DataException("The JSON has no object with a value: there are no rows.");
        }

        using var writer = new DelimitedWriter(destination);
        foreach (byte[] name in names)
        {
            writer.Text(name);
        }

        writer.EndRow();
        ForEachObject(json, new RowValues(writer, names.Count));
        return isArray;
    }

    private bool ForEachObject(ReadOnlySpan<byte> json, RowValues? row)
    {
        var reader = new Utf8JsonReader(json, Reading);
        bool inArray = false, isArray = false;
        for (long count = 0; reader.Read();)
        {
            if (reader.TokenType == JsonTokenType.StartArray && !inArray && count == 0)
            {
                inArray = isArray = true;
            }
            else if (reader.TokenType == JsonTokenType.EndArray && inArray)
            {
                inArray = false;
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                TakeObject(json, ref reader, row);
                if (++count % ObjectsBetweenChecks == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
            else
            {
                throw new DataException($"Value {count + 1} of the JSON is {Kind(reader.TokenType)}; expected an object, whose names are the columns.");
            }
        }

        return isArray;
    }

    private void TakeObject(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, RowValues? row)
    {
        int expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int column = expected < names.Count && reader.ValueTextEquals(names[expected]) ? expected : IndexOf(reader.GetString()!);
            expected = column + 1;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            JsonTokenType kind = reader.TokenType;
            byte[]? unescaped = row is not null && kind == JsonTokenType.String && reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : null;
            reader.Skip();
            row?.Set(column, kind, start, (int)reader.BytesConsumed - start, unescaped);
            if (kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                nested.Add(column);
            }
        }

        row?.Write(json);
    }

    private int IndexOf(string name)
    {
        if (!indexOf.TryGetValue(name, out int column))
        {
            indexOf[name] = column = names.Count;
            names.Add(Encoding.UTF8.GetBytes(name));
            if (names.Count > options.MaxColumns)
            {
                throw new DataException($"The JSON objects have more than {options.MaxColumns} different names; so many columns at most are read.");
            }
        }

        return column;
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "not a value",
    };

    /// <summary>The values of one object, collected by column before they are written in the order of the columns.</summary>
    private sealed class RowValues(DelimitedWriter writer, int columnCount)
    {
        private readonly (JsonTokenType Kind, int Start, int Length, byte[]? Unescaped)[] values = new (JsonTokenType, int, int, byte[]?)[columnCount];

        public void Set(int column, JsonTokenType kind, int start, int length, byte[]? unescaped) => values[column] = (kind, start, length, unescaped);

        public void Write(ReadOnlySpan<byte> json)
        {
            foreach ((JsonTokenType kind, int start, int length, byte[]? unescaped) in values)
            {
                ReadOnlySpan<byte> raw = json.Slice(start, length);
                switch (kind)
                {
                    case JsonTokenType.None or JsonTokenType.Null when columnCount > 1:
                        writer.Plain([]);
                        break;
                    case JsonTokenType.None or JsonTokenType.Null:
                        writer.Text([]);
                        break;
                    case JsonTokenType.String:
                        writer.Text(unescaped ?? raw[1..^1]);
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        writer.Text(raw);
                        break;
                    default:
                        writer.Plain(raw);
                        break;
                }
            }

            writer.EndRow();
            Array.Clear(values);
        }
    }
}
