using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Strata.Learning.Onnx;

/// <summary>Writes one message in the wire format of protocol buffers, as little of it as ONNX files need.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0, LengthDelimited = 2, Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> bytes = new();

    public void Whole(int field, long value)
    {
        Tag(field, Varint);
        Number((ulong)value);
    }

    public void Single(int field, float value)
    {
        Tag(field, Fixed32);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        bytes.Write(four);
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthDelimited);
        Number((ulong)value.Length);
        bytes.Write(value);
    }

    public void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Bytes(field, inner.Written);
    }

    /// <summary>A packed list.</summary>
    public void Wholes(int field, ReadOnlySpan<long> values)
    {
        var inner = new ProtobufWriter();
        foreach (long value in values)
        {
            inner.Number((ulong)value);
        }

        Bytes(field, inner.Written);
    }

    /// <summary>A packed list.</summary>
    public void Singles(int field, ReadOnlySpan<float> values)
    {
        Tag(field, LengthDelimited);
        Number((ulong)values.Length * sizeof(float));
        LittleEndian(values);
    }

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <summary>Numbers as they lie in memory, the lowest byte first.</summary>
    public static byte[] Raw<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        byte[] raw = MemoryMarshal.AsBytes(values).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            int size = raw.Length / Math.Max(1, values.Length);
            for (int at = 0; at < raw.Length; at += size)
            {
                raw.AsSpan(at, size).Reverse();
            }
        }

        return raw;
    }

    private void LittleEndian(ReadOnlySpan<float> values) => bytes.Write(Raw(values));

    private void Tag(int field, int wireType) => Number((ulong)(field << 3 | wireType));

    private void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }
}
