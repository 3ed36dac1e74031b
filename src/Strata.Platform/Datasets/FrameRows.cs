using System.Runtime.InteropServices;
using System.Text;
using Strata.Learning.Data;

namespace Strata.Platform.Datasets;

/// <summary>Reads a stretch of rows of a stored table, column by column.</summary>
/// <param name="file">The file, which can seek.</param>
/// <param name="start">Where the first column's values start.</param>
/// <param name="rowCount">How many rows the file has.</param>
/// <param name="first">0-based index of the first row to read.</param>
/// <param name="count">How many rows to read.</param>
internal sealed class FrameRows(Stream file, long start, int rowCount, int first, int count)
{
    public Column Read(FrameHeaderColumn column) => column.Type switch
    {
        _ when column.Entries is int entries => Sparse(column, entries),
        ColumnType.Float32 => new Float32Column(column.Name, Values<float>(column)),
        ColumnType.Float64 => new Float64Column(column.Name, Values<double>(column)),
        ColumnType.Int64 => new Int64Column(column.Name, Values<long>(column), Missing(column)),
        ColumnType.Date => new DateColumn(column.Name, Values<long>(column), Missing(column)),
        ColumnType.Boolean => new BooleanColumn(column.Name, Array.ConvertAll(Values<byte>(column), value => value != 0), Missing(column)),
        ColumnType.Category => new CategoryColumn(column.Name, Codes(column), column.Levels ?? []),
        _ when column.Type.IsArray() => Arrays(column),
        _ => new TextColumn(column.Name, Texts(column)),
    };

    /// <summary>Of a sparse column the entries of these rows.</summary>
    private SparseNumberColumn Sparse(FrameHeaderColumn column, int entries)
    {
        int[] rows = Values<int>(column, 0, entries);
        int from = rows.AsSpan().BinarySearch(first), to = rows.AsSpan().BinarySearch(first + count);
        (from, to) = (from < 0 ? ~from : from, to < 0 ? ~to : to);
        CheckInside(column.Offset + (long)entries * (sizeof(int) + sizeof(double)));
        var values = new double[to - from];
        Read(column.Offset + (long)entries * sizeof(int) + (long)from * sizeof(double), MemoryMarshal.AsBytes(values.AsSpan()));
        return new SparseNumberColumn(column.Name, count, Array.ConvertAll(rows[from..to], row => row - first), values, BitConverter.Int64BitsToDouble(column.Common ?? 0), column.Type);
    }

    private T[] Values<T>(FrameHeaderColumn column)
        where T : unmanaged => Values<T>(column, first, count);

    private unsafe T[] Values<T>(FrameHeaderColumn column, int from, int length)
        where T : unmanaged
    {
        CheckInside(column.Offset + (long)(from + length) * sizeof(T));
        var values = new T[length];
        Read(column.Offset + (long)from * sizeof(T), MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private int[] Codes(FrameHeaderColumn column)
    {
        int[] codes = Values<int>(column);
        int levels = column.Levels?.Count ?? 0;
        return Array.TrueForAll(codes, code => code >= -1 && code < levels) ? codes : throw new ArgumentException($"Column '{column.Name}' has codes without levels.");
    }

    private ArrayColumn Arrays(FrameHeaderColumn column)
    {
        long[] ends = Values<long>(column, first, count + 1);
        MissingMask? missing = Missing(column);
        long widthsAt = column.Offset + (rowCount + 1L) * sizeof(long), numbersAt = widthsAt;
        int[]? widths = null;
        if (column.Type == ColumnType.Image)
        {
            widths = new int[count];
            CheckInside(widthsAt + rowCount * (long)sizeof(int));
            Read(widthsAt + first * (long)sizeof(int), MemoryMarshal.AsBytes(widths.AsSpan()));
            numbersAt += rowCount * (long)sizeof(int);
        }

        CheckInside(numbersAt + ends[^1] * sizeof(float));
        var cells = new float[]?[count];
        for (int row = 0; row < count; row++)
        {
            if (missing is null || !missing[row])
            {
                cells[row] = new float[checked((int)(ends[row + 1] - ends[row]))];
                Read(numbersAt + ends[row] * sizeof(float), MemoryMarshal.AsBytes(cells[row].AsSpan()));
            }
        }

        return new ArrayColumn(column.Name, column.Type, column.Levels ?? ArrayColumn.OneChannel, cells, widths);
    }

    private string?[] Texts(FrameHeaderColumn column)
    {
        long[] ends = Values<long>(column, first, count + 1);
        MissingMask? missing = Missing(column);
        CheckInside(column.Offset + (rowCount + 1L) * sizeof(long) + ends[^1]);
        var bytes = new byte[checked((int)(ends[^1] - ends[0]))];
        Read(column.Offset + (rowCount + 1L) * sizeof(long) + ends[0], bytes);
        var texts = new string?[count];
        for (int row = 0; row < count; row++)
        {
            texts[row] = missing is not null && missing[row] ? null : Encoding.UTF8.GetString(bytes, (int)(ends[row] - ends[0]), checked((int)(ends[row + 1] - ends[row])));
        }

        return texts;
    }

    private MissingMask? Missing(FrameHeaderColumn column)
    {
        if (!column.HasMissing)
        {
            return null;
        }

        long at = column.Offset + column.ValueBytes + first / 8;
        var bits = new byte[(first % 8 + count + 7) / 8];
        CheckInside(at + bits.Length);
        Read(at, bits);
        var mask = new MissingMask(count);
        for (int row = 0; row < count; row++)
        {
            int bit = first % 8 + row;
            mask[row] = (bits[bit >> 3] >> (bit & 7) & 1) != 0;
        }

        return mask;
    }

    /// <summary>Reads past a file stream's buffer, which would be filled anew for each of many columns.</summary>
    private void Read(long offset, Span<byte> destination)
    {
        if (file is not FileStream onDisk)
        {
            file.Position = start + offset;
            file.ReadExactly(destination);
            return;
        }

        for (int done = 0; done < destination.Length;)
        {
            int read = RandomAccess.Read(onDisk.SafeFileHandle, destination[done..], start + offset + done);
            done += read > 0 ? read : throw new EndOfStreamException();
        }
    }

    /// <summary>Nothing is allocated for more than the file can hold.</summary>
    private void CheckInside(long end)
    {
        if (end < 0 || start + end > file.Length)
        {
            throw new EndOfStreamException();
        }
    }
}
