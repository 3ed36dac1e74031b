using System.Buffers.Binary;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Reads IDX files, as the MNIST digits are in: two zeros, the type of the elements, the number of dimensions, the sizes, the elements, all big-endian.</summary>
internal static class IdxArray
{
    private const int MostDimensions = 4;

    /// <summary>Whether the first bytes are those of an IDX file and its length is what they say.</summary>
    public static bool Recognizes(TableBytes bytes)
    {
        ReadOnlySpan<byte> head = bytes.Head(4 + 4 * MostDimensions);
        if (head.Length < 8 || head[0] != 0 || head[1] != 0 || TypeOf(head[2]) is not (_, int size) || head[3] is < 1 or > MostDimensions || head.Length < 4 + 4 * head[3])
        {
            return false;
        }

        UInt128 length = (UInt128)size;
        for (int d = 0; d < head[3]; d++)
        {
            length *= BinaryPrimitives.ReadUInt32BigEndian(head[(4 + 4 * d)..]);
        }

        return length + (UInt128)(4 + 4 * head[3]) == (UInt128)bytes.Length;
    }

    /// <summary>The array of a file that is recognised.</summary>
    public static StoredArray Read(TableBytes bytes)
    {
        ReadOnlySpan<byte> head = bytes.Head(4 + 4 * MostDimensions);
        (ElementType type, int size) = TypeOf(head[2])!.Value;
        var sizes = new int[head[3]];
        for (int d = 0; d < sizes.Length; d++)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(head[(4 + 4 * d)..]);
            sizes[d] = length <= int.MaxValue ? (int)length : throw new DataException($"The IDX file has {length} elements in one dimension; at most {int.MaxValue} are read.");
        }

        return new StoredArray(sizes, type, size, bigEndian: true, fortran: false, bytes, 4 + 4 * sizes.Length);
    }

    private static (ElementType Type, int Size)? TypeOf(byte code) => code switch
    {
        0x08 => (ElementType.UInt8, 1),
        0x09 => (ElementType.Int8, 1),
        0x0B => (ElementType.Int16, 2),
        0x0C => (ElementType.Int32, 4),
        0x0D => (ElementType.Float32, 4),
        0x0E => (ElementType.Float64, 8),
        _ => null,
    };
}
