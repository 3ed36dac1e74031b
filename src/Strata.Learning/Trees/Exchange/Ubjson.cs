using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Rewrites UBJSON (universal binary JSON, draft 12), XGBoost's default format since 2.1, as JSON text.</summary>
internal ref struct Ubjson
{
    private const int MostDepth = 60;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly Utf8JsonWriter json;
    private int at;

    private Ubjson(ReadOnlySpan<byte> bytes, Utf8JsonWriter json)
    {
        this.bytes = bytes;
        this.json = json;
    }

    /// <summary>Whether the bytes begin as an object of UBJSON: after the brace comes the type of a key's length, where JSON has a quote or space.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.Length > 1 && bytes[0] == '{' && "LlIiU#$"u8.Contains(bytes[1]);

    /// <exception cref="ModelFileException">The bytes are not whole.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlySpan<byte> bytes)
    {
        var text = new MemoryStream(bytes.Length * 2);
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { SkipValidation = false }))
        {
            var reader = new Ubjson(bytes, json);
            reader.Value(reader.Byte(), 0);
        }

        return text.GetBuffer().AsMemory(0, (int)text.Length);
    }

    private void Value(byte type, int depth)
    {
        if (depth > MostDepth)
        {
            throw Damaged($"is nested more than {MostDepth} deep");
        }

        switch (type)
        {
            case (byte)'{': Object(depth); break;
            case (byte)'[': List(depth); break;
            case (byte)'S': json.WriteStringValue(Utf8(Length(Byte()))); break;
            case (byte)'C': json.WriteStringValue(Utf8(1)); break;
            case (byte)'T': json.WriteBooleanValue(true); break;
            case (byte)'F': json.WriteBooleanValue(false); break;
            case (byte)'Z': json.WriteNullValue(); break;
            case (byte)'d': Number(BinaryPrimitives.ReadSingleBigEndian(Take(4))); break;
            case (byte)'D': Number(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            default: json.WriteNumberValue(Whole(type)); break;
        }
    }

    private void Object(int depth)
    {
        (byte type, int count) = Header();
        json.WriteStartObject();
        for (int i = 0; count >= 0 ? i < count : Peek() != (byte)'}'; i++)
        {
            json.WritePropertyName(Utf8(Length(Byte())));
            Value(type != 0 ? type : Byte(), depth + 1);
        }

        at += count < 0 ? 1 : 0;
        json.WriteEndObject();
    }

    private void List(int depth)
    {
        (byte type, int count) = Header();
        json.WriteStartArray();
        for (int i = 0; count >= 0 ? i < count : Peek() != (byte)']'; i++)
        {
            Value(type != 0 ? type : Byte(), depth + 1);
        }

        at += count < 0 ? 1 : 0;
        json.WriteEndArray();
    }

    /// <summary>The optional type of all items (0 for none) and their count (-1 for an end mark).</summary>
    private (byte Type, int Count) Header()
    {
        byte type = 0;
        if (Peek() == (byte)'$')
        {
            at++;
            type = Byte();
            if (Peek() != (byte)'#')
            {
                throw Damaged("has a list with a type and no count");
            }
        }

        if (Peek() != (byte)'#')
        {
            return (type, -1);
        }

        at++;
        int count = Length(Byte());

        // Items of types without bytes would cost nothing to announce and much to make.
        return type is not ((byte)'T' or (byte)'F' or (byte)'Z' or (byte)'N') ? (type, count) : throw Damaged("has a list of items without bytes");
    }

    private int Length(byte type) => Whole(type) is >= 0 and long length && length <= bytes.Length - at ? (int)length : throw Damaged("announces more than the file holds");

    private long Whole(byte type) => type switch
    {
        (byte)'i' => (sbyte)Byte(),
        (byte)'U' => Byte(),
        (byte)'I' => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        (byte)'l' => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        (byte)'L' => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        _ => throw Damaged($"has the unknown type {type}"),
    };

    private readonly void Number(double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else if (double.IsNaN(value))
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteNumberValue(Math.CopySign(float.MaxValue, value));
        }
    }

    private string Utf8(int length)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Take(length));
        }
        catch (ArgumentException)
        {
            throw Damaged("has text that is not UTF-8");
        }
    }

    private readonly byte Peek() => at < bytes.Length ? bytes[at] : throw Damaged("ends in the middle");

    private byte Byte()
    {
        byte value = Peek();
        at++;
        return value;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = length <= bytes.Length - at ? bytes.Slice(at, length) : throw Damaged("ends in the middle");
        at += length;
        return taken;
    }

    private readonly ModelFileException Damaged(string what) => new($"The UBJSON file {what} (byte {at}).");
}
