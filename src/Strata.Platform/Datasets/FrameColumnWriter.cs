using System.Runtime.InteropServices;
using System.Text;
using Strata.Learning.Data;

namespace Strata.Platform.Datasets;

/// <summary>Writes one column of a stored table.</summary>
internal static class FrameColumnWriter
{
    /// <summary>How many bytes the values take, without the missing bits.</summary>
    public static long ValueBytes(Column column) => column switch
    {
        TextColumn text => (text.Count + 1L) * sizeof(long) + text.Values.Sum(value => (long)(value is null ? 0 : Encoding.UTF8.GetByteCount(value))),
        ArrayColumn arrays => (arrays.Count + 1L) * sizeof(long) + (arrays.Widths?.Length ?? 0) * (long)sizeof(int) + arrays.Values.Sum(cell => (cell?.Length ?? 0) * (long)sizeof(float)),
        SparseNumberColumn sparse => sparse.Rows.Length * (long)(sizeof(int) + sizeof(double)),
        Float32Column or CategoryColumn => column.Count * 4L,
        BooleanColumn => column.Count,
        _ => column.Count * 8L,
    };

    /// <summary>How many bytes the missing bits take; 0 where NaN or a code says it, or where nothing is missing.</summary>
    public static long MissingBytes(Column column) => column switch
    {
        Float32Column or Float64Column or CategoryColumn or SparseNumberColumn => 0,
        _ => column.MissingCount == 0 ? 0 : (column.Count + 7) / 8,
    };

    public static void Write(Stream destination, Column column)
    {
        switch (column)
        {
            case Float32Column numbers:
                destination.Write(MemoryMarshal.AsBytes(numbers.Values.AsSpan()));
                break;
            case Float64Column numbers:
                destination.Write(MemoryMarshal.AsBytes(numbers.Values.AsSpan()));
                break;
            case SparseNumberColumn sparse:
                destination.Write(MemoryMarshal.AsBytes(sparse.Rows.AsSpan()));
                destination.Write(MemoryMarshal.AsBytes(sparse.Values.AsSpan()));
                break;
            case Int64Column numbers:
                destination.Write(MemoryMarshal.AsBytes(numbers.Values.AsSpan()));
                break;
            case DateColumn dates:
                destination.Write(MemoryMarshal.AsBytes(dates.Ticks.AsSpan()));
                break;
            case CategoryColumn categories:
                destination.Write(MemoryMarshal.AsBytes(categories.Codes.AsSpan()));
                break;
            case BooleanColumn booleans:
                destination.Write(MemoryMarshal.AsBytes(booleans.Values.AsSpan()));
                break;
            case TextColumn texts:
                WriteTexts(destination, texts.Values);
                break;
            case ArrayColumn arrays:
                WriteArrays(destination, arrays);
                break;
            default:
                throw new NotSupportedException($"Column '{column.Name}' is a {column.GetType().Name}, which stored tables do not have.");
        }

        if (MissingBytes(column) > 0)
        {
            destination.Write(MissingBits(column));
        }
    }

    /// <summary>Where each cell ends, the widths of images, and the numbers.</summary>
    private static void WriteArrays(Stream destination, ArrayColumn arrays)
    {
        var ends = new long[arrays.Count + 1];
        for (int row = 0; row < arrays.Count; row++)
        {
            ends[row + 1] = ends[row] + (arrays.Values[row]?.Length ?? 0);
        }

        destination.Write(MemoryMarshal.AsBytes(ends.AsSpan()));
        destination.Write(MemoryMarshal.AsBytes<int>(arrays.Widths));
        foreach (float[]? cell in arrays.Values)
        {
            destination.Write(MemoryMarshal.AsBytes<float>(cell));
        }
    }

    private static void WriteTexts(Stream destination, string?[] values)
    {
        var ends = new long[values.Length + 1];
        for (int row = 0; row < values.Length; row++)
        {
            ends[row + 1] = ends[row] + (values[row] is string text ? Encoding.UTF8.GetByteCount(text) : 0);
        }

        destination.Write(MemoryMarshal.AsBytes(ends.AsSpan()));
        var buffer = new byte[1 << 16];
        int filled = 0;
        foreach (string? value in values)
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            if (Encoding.UTF8.GetMaxByteCount(value.Length) > buffer.Length - filled)
            {
                destination.Write(buffer, 0, filled);
                filled = 0;
            }

            if (Encoding.UTF8.GetMaxByteCount(value.Length) > buffer.Length)
            {
                destination.Write(Encoding.UTF8.GetBytes(value));
            }
            else
            {
                filled += Encoding.UTF8.GetBytes(value, 0, value.Length, buffer, filled);
            }
        }

        destination.Write(buffer, 0, filled);
    }

    private static byte[] MissingBits(Column column)
    {
        var bits = new byte[(column.Count + 7) / 8];
        for (int row = 0; row < column.Count; row++)
        {
            if (column.IsMissing(row))
            {
                bits[row >> 3] |= (byte)(1 << (row & 7));
            }
        }

        return bits;
    }
}
