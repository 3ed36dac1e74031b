using Strata.Learning.Data.Reading.Arrays;

namespace Strata.Learning.Data.Reading;

/// <summary>
/// The one door for tables in files: delimited text, JSON lines, JSON arrays of objects, svmlight and Excel workbooks; series (.ts, and .tsv of archives), NumPy arrays, IDX,
/// images, point clouds and grids; folders and zip archives of them; text and arrays also packed with gzip.
/// </summary>
public static class TableFile
{
    private const string Expected = "CSV, TSV, JSON lines, a JSON array of objects, svmlight, an Excel workbook, series (.ts), NumPy arrays (.npy, .npz), IDX, PNG images, point clouds (.off, .xyz, .pts), a grid (.asc), or a folder or zip archive of such files";

    /// <param name="path">A file, or a folder whose files are one table.</param>
    /// <param name="options">What is known about the table.</param>
    /// <param name="cancellation">Stops the reading within a few milliseconds.</param>
    /// <exception cref="DataException">The file holds no table that can be read; the message says what was found, where, and what was expected.</exception>
    public static TableReading Read(string path, TableReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new TableReadOptions();
        if (Directory.Exists(path))
        {
            using var folder = new FolderFiles(path);
            return Grouped(FileBundle.Read(folder, path, options, cancellation), options);
        }

        if (!File.Exists(path))
        {
            throw new DataException($"There is no file '{path}'.");
        }

        using var beside = new FolderFiles(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        using TableBytes bytes = !file.CanSeek || file.Length == 0 ? Whole(file, cancellation) : TableBytes.Map(file);
        return Grouped(Read(bytes, path, options, beside, cancellation), options);
    }

    /// <param name="source">Read to its end; its length need not be known.</param>
    /// <param name="fileName">Whatever name is known; its ending helps to tell JSON from text. May be null.</param>
    /// <param name="options">What is known about the table.</param>
    /// <param name="cancellation">Stops the reading within a few milliseconds.</param>
    /// <exception cref="DataException">As for the file.</exception>
    public static TableReading Read(Stream source, string? fileName = null, TableReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new TableReadOptions();
        using TableBytes bytes = PackedBytes.Copy(source, long.MaxValue, ratioLimit: null, cancellation);
        return Grouped(Read(bytes, fileName, options, beside: null, cancellation), options);
    }

    /// <param name="bytes">The file.</param>
    /// <param name="fileName">Its name, where it has one.</param>
    /// <param name="options">What is known about the table.</param>
    /// <param name="beside">The files that it may name; null where there are none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    internal static TableReading Read(TableBytes bytes, string? fileName, TableReadOptions options, FileSet? beside, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        switch (FileSignature.Of(bytes))
        {
            case FileSignature.Gzip:
                using (TableBytes unpacked = PackedBytes.Unpack(bytes, options, cancellation))
                {
                    string? innerName = fileName is not null && fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3] : fileName;
                    TableReading reading = FileSignature.Of(unpacked) is null or FileSignature.Numpy
                        ? Read(unpacked, innerName, options, beside, cancellation)
                        : throw new DataException($"The packed file holds {FileSignature.Of(unpacked)}; only text and arrays are read from gzip files.");
                    return reading with { Format = reading.Format with { Compressed = true } };
                }

            case FileSignature.Zip when ExcelTable.IsWorkbook(bytes):
            case FileSignature.CompoundFile:
                return ExcelTable.Read(bytes, options, cancellation);
            case FileSignature.Zip:
                using (var files = new ZipFiles(bytes, options))
                {
                    return FileBundle.Read(files, fileName, options, cancellation);
                }

            case FileSignature.Numpy:
                return ArrayFile.OfNumpy(bytes, fileName, options, []);
            case FileSignature.Png:
                return OneCell(bytes, Path.ChangeExtension(fileName ?? "image", ".png"), options, cancellation);
            case string binary:
                throw new DataException($"The file is {binary}; expected {Expected}.");
            default:
                return IdxArray.Recognizes(bytes) ? ArrayFile.OfIdx(bytes, fileName, options, [], beside, cancellation)
                    : fileName is not null && CellFile.IsNamed(fileName) ? OneCell(bytes, fileName, options, cancellation)
                    : ReadText(bytes, fileName, options, beside, cancellation);
        }
    }

    private static TableReading ReadText(TableBytes bytes, string? fileName, TableReadOptions options, FileSet? beside, CancellationToken cancellation)
    {
        var notes = new List<string>();
        if (SvmlightTable.Recognizes(fileName))
        {
            return SvmlightTable.Read(bytes, options, notes, cancellation);
        }

        if (SeriesLines.Recognizes(bytes, fileName))
        {
            return SeriesLines.Read(bytes, notes, cancellation);
        }

        using var decoded = new DecodedText(bytes, options.Encoding, cancellation);
        TableReading reading;
        try
        {
            reading = ReadUtf8(decoded, fileName, options, notes, cancellation);
        }
        catch (InvalidUtf8Exception e) when (options.Encoding is null && !decoded.IsDecoded)
        {
            notes = [$"Line {e.LineNumber} is not UTF-8: the file was read as Windows-1252. Name the encoding if letters look wrong."];
            decoded.DecodeAs(DecodedText.Windows1252, cancellation);
            reading = ReadUtf8(decoded, fileName, options, notes, cancellation);
        }
        catch (InvalidUtf8Exception e)
        {
            throw new DataException($"Line {e.LineNumber} is not valid {decoded.EncodingName}, as asked for.", e);
        }

        return beside is null ? reading : FileColumns.Of(reading, beside, options, cancellation);
    }

    private static TableReading ReadUtf8(DecodedText text, string? fileName, TableReadOptions options, List<string> notes, CancellationToken cancellation)
    {
        TableReading reading = JsonTable.Recognizes(text.Bytes, fileName)
            ? JsonTable.Read(text.Bytes, options, notes, cancellation)
            : DelimitedTable.Read(text.Bytes, fileName, options, notes, known: null, cancellation);
        return reading with { Format = reading.Format with { Encoding = text.EncodingName } };
    }

    /// <summary>A file that holds one array: a table of one row.</summary>
    private static TableReading OneCell(TableBytes bytes, string fileName, TableReadOptions options, CancellationToken cancellation)
    {
        CellFile cell = CellFile.Read(bytes, fileName, options, cancellation);
        var cells = new ArrayCells(cell.Type.ToString().ToLowerInvariant(), 1) { Channels = cell.Channels };
        cells[0] = cell.Array;
        return ArrayFile.Reading(TableKind.Files, [cells.ToColumn(cell.Type)], []);
    }

    private static TableReading Grouped(TableReading reading, TableReadOptions options)
    {
        TableReading grouped = options.Series is LongSeries series ? LongSeriesRows.Of(reading, series) : reading;
        return grouped.Format.Kind is TableKind.SeriesText or TableKind.Numpy or TableKind.Idx or TableKind.Files ? AskedTypes.Apply(grouped, options) : grouped;
    }

    private static TableBytes Whole(FileStream file, CancellationToken cancellation)
    {
        using (file)
        {
            return PackedBytes.Copy(file, long.MaxValue, ratioLimit: null, cancellation);
        }
    }
}
