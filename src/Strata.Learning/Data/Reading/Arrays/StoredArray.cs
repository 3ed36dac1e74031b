using System.Buffers.Binary;
using System.Text;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>What the elements of a stored array are.</summary>
internal enum ElementType
{
    Boolean,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float16,
    Float32,
    Float64,
    Latin1,
    Utf32,
}

/// <summary>An array as NumPy and IDX files store it: sizes, and elements of one type in either byte order and either order of dimensions.</summary>
internal sealed unsafe class StoredArray
{
    private readonly byte* start;
    private readonly bool fortran;
    private long[]? innerOffsets;

    /// <param name="sizes">Of each dimension.</param>
    /// <param name="type">Of the elements.</param>
    /// <param name="elementBytes">How many bytes one takes.</param>
    /// <param name="bigEndian">The order of the bytes of one.</param>
    /// <param name="fortran">Whether the first dimension is the innermost in the file.</param>
    /// <param name="bytes">The file, which must outlive this.</param>
    /// <param name="offset">Where the elements begin.</param>
    /// <exception cref="DataException">The file is shorter or longer than the sizes say, or a row of it too long.</exception>
    public StoredArray(int[] sizes, ElementType type, int elementBytes, bool bigEndian, bool fortran, TableBytes bytes, long offset)
    {
        (Sizes, Type, ElementBytes, IsBigEndian, this.fortran) = (sizes, type, elementBytes, bigEndian, fortran);
        UInt128 expected = (UInt128)elementBytes;
        foreach (int size in sizes)
        {
            expected = expected * (UInt128)size > long.MaxValue ? long.MaxValue : expected * (UInt128)size;
        }

        if (expected != (UInt128)(bytes.Length - offset))
        {
            throw new DataException($"The array of {string.Join(" x ", sizes)} elements should take {expected} bytes, but the file has {bytes.Length - offset} for it: it is damaged or cut off.");
        }

        UInt128 cell = sizes.Skip(1).Aggregate((UInt128)1, (product, size) => product * (UInt128)size);
        CellLength = cell <= int.MaxValue ? (int)cell : throw new DataException($"A row of the array has {cell} elements; at most {int.MaxValue} are read.");
        start = bytes.Start + offset;
    }

    public int[] Sizes { get; }

    public ElementType Type { get; }

    public int ElementBytes { get; }

    public bool IsBigEndian { get; }

    /// <summary>How many rows: the first dimension.</summary>
    public int Count => Sizes[0];

    public bool IsText => Type is ElementType.Latin1 or ElementType.Utf32;

    public bool IsWhole => Type is >= ElementType.Int8 and <= ElementType.UInt64;

    /// <summary>Elements of one row: the product of all dimensions but the first.</summary>
    public int CellLength { get; }

    /// <summary>The elements of one 0-based row, the last dimension innermost.</summary>
    public float[] Cell(int row)
    {
        var cell = new float[CellLength];
        for (int i = 0; i < cell.Length; i++)
        {
            cell[i] = NumberArray.Of(NumberAt(row, i));
        }

        return cell;
    }

    /// <summary>An element of a row, <paramref name="inner"/> counted with the last dimension innermost.</summary>
    public double NumberAt(int row, int inner = 0)
    {
        byte* at = Address(row, inner);
        return Type switch
        {
            ElementType.UInt8 or ElementType.Boolean => *at,
            ElementType.Int8 => (sbyte)*at,
            ElementType.Int16 => (short)Bits(at, 2),
            ElementType.UInt16 => Bits(at, 2),
            ElementType.Int32 => (int)Bits(at, 4),
            ElementType.UInt32 => Bits(at, 4),
            ElementType.Int64 => (long)Bits(at, 8),
            ElementType.UInt64 => Bits(at, 8),
            ElementType.Float16 => (double)BitConverter.UInt16BitsToHalf((ushort)Bits(at, 2)),
            ElementType.Float32 => BitConverter.UInt32BitsToSingle((uint)Bits(at, 4)),
            ElementType.Float64 => BitConverter.UInt64BitsToDouble(Bits(at, 8)),
            _ => throw new InvalidOperationException("The elements are texts."),
        };
    }

    /// <summary>A whole number of a row, exactly.</summary>
    public long WholeAt(int row, int inner = 0) => Type is ElementType.Int64 or ElementType.UInt64 ? (long)Bits(Address(row, inner), 8) : (long)NumberAt(row, inner);

    /// <summary>A text of a row; null when it is empty.</summary>
    public string? TextAt(int row, int inner = 0)
    {
        var bytes = new ReadOnlySpan<byte>(Address(row, inner), ElementBytes);
        Encoding encoding = Type == ElementType.Latin1 ? Encoding.Latin1 : IsBigEndian ? new UTF32Encoding(bigEndian: true, byteOrderMark: false) : Encoding.UTF32;
        string text = encoding.GetString(bytes).TrimEnd('\0');
        return text.Length > 0 ? text : null;
    }

    private ulong Bits(byte* at, int count)
    {
        var bytes = new ReadOnlySpan<byte>(at, count);
        return count switch
        {
            2 => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
    }

    private byte* Address(int row, int inner) => fortran
        ? start + (row + (innerOffsets ??= InnerOffsets())[inner]) * ElementBytes
        : start + ((long)row * CellLength + inner) * ElementBytes;

    /// <summary>In the order of dimensions with the first innermost: where each element of row 0 lies.</summary>
    private long[] InnerOffsets()
    {
        var offsets = new long[CellLength];
        var index = new int[Sizes.Length];
        var strides = new long[Sizes.Length];
        strides[0] = 1;
        for (int d = 1; d < strides.Length; d++)
        {
            strides[d] = strides[d - 1] * Sizes[d - 1];
        }

        for (int i = 0; i < offsets.Length; i++)
        {
            for (int d = 1; d < index.Length; d++)
            {
                offsets[i] += index[d] * strides[d];
            }

            for (int d = index.Length - 1; d > 0 && ++index[d] == Sizes[d]; d--)
            {
                index[d] = 0;
            }
        }

        return offsets;
    }
}
