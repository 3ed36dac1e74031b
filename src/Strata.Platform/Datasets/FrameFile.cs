using System.Buffers.Binary;
using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Datasets;

/// <summary>
/// A parsed table on disk, column after column, so that some rows can be read without the rest: eight bytes of mark, the header's length, the header as
/// JSON, then for each column its values (little-endian), and after them one bit a row where values may be missing. Texts are offsets and UTF-8, arrays offsets and numbers.
/// </summary>
public static class FrameFile
{
    private const int MostHeaderBytes = 256 << 20;
    private static readonly byte[] Mark = "STRATAF1"u8.ToArray();

    public static void Write(string path, Frame frame)
    {
        using FileStream file = File.Create(path);
        Write(file, frame);
    }

    public static void Write(Stream destination, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(frame);
        byte[] header = JsonText.BytesOf(HeaderOf(frame));
        destination.Write(Mark);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
        destination.Write(length);
        destination.Write(header);
        foreach (Column column in frame.Columns)
        {
            FrameColumnWriter.Write(destination, column);
        }
    }

    /// <summary>The whole table.</summary>
    /// <exception cref="StorageException">The file is not whole.</exception>
    public static Frame Read(Stream file) => Read(file, 0, int.MaxValue);

    /// <summary>The rows from the 0-based offset on, at most so many of them.</summary>
    /// <exception cref="StorageException">The file is not whole.</exception>
    public static Frame Read(Stream file, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        FrameHeader header = ReadHeader(file);
        int first = Math.Min(offset, header.RowCount);
        var rows = new FrameRows(file, file.Position, header.RowCount, first, Math.Min(count, header.RowCount - first));
        try
        {
            return new Frame(header.Columns.Select(rows.Read));
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new StorageException("The stored table is not whole.", inner: e);
        }
    }

    public static FrameHeader ReadHeader(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Span<byte> start = stackalloc byte[12];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start[..8].SequenceEqual(Mark))
        {
            throw new StorageException("This is not a stored table.");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        if (length is < 2 or > MostHeaderBytes || length > file.Length - file.Position)
        {
            throw new StorageException("The stored table is not whole: its header is missing.");
        }

        var header = new byte[length];
        file.ReadExactly(header);
        return JsonText.Read<FrameHeader>(header);
    }

    private static FrameHeader HeaderOf(Frame frame)
    {
        var columns = new List<FrameHeaderColumn>();
        long at = 0;
        foreach (Column column in frame.Columns)
        {
            long values = FrameColumnWriter.ValueBytes(column), missing = FrameColumnWriter.MissingBytes(column);
            columns.Add(new FrameHeaderColumn(column.Name, column.Type, at, values, missing > 0, (column as CategoryColumn)?.Levels ?? (column as ArrayColumn)?.Channels, (column as SparseNumberColumn)?.Rows.Length, column is SparseNumberColumn sparse ? BitConverter.DoubleToInt64Bits(sparse.Common) : null));
            at += values + missing;
        }

        return new FrameHeader(frame.RowCount, columns);
    }
}
