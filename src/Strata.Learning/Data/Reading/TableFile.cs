using System.IO.Compression;

namespace Strata.Learning.Data.Reading;

/// <summary>The one door for tables in files: delimited text, JSON lines, JSON arrays of objects, svmlight and Excel workbooks; text also packed with gzip.</summary>
public static class TableFile
{
    private const long FreeUnpackedBytes = 64L << 20;
    private const int MostUnpackedRatio = 100;

    /// <exception cref="DataException">The file holds no table that can be read; the message says what was found, where, and what was expected.</exception>
    public static TableReading Read(string path, TableReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new DataException(Directory.Exists(path) ? $"'{path}' is a folder, not a file." : $"There is no file '{path}'.");
        }

        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        if (!file.CanSeek || file.Length == 0)
        {
            using (file)
            {
                return Read(file, path, options, cancellation);
            }
        }

        using var bytes = TableBytes.Map(file);
        return Read(bytes, path, options ?? new TableReadOptions(), cancellation);
    }

    /// <param name="source">Read to its end; its length need not be known.</param>
    /// <param name="fileName">Whatever name is known; its ending helps to tell JSON from text. May be null.</param>
    /// <param name="options">What is known about the table.</param>
    /// <param name="cancellation">Stops the reading within a few milliseconds.</param>
    /// <exception cref="DataException">As for the file.</exception>
    public static TableReading Read(Stream source, string? fileName = null, TableReadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        using TableBytes bytes = Copy(source, long.MaxValue, ratioLimit: null, cancellation);
        return Read(bytes, fileName, options ?? new TableReadOptions(), cancellation);
    }

    private static TableReading Read(TableBytes bytes, string? fileName, TableReadOptions options, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        switch (FileSignature.Of(bytes))
        {
            case FileSignature.Gzip:
                using (TableBytes unpacked = Unpack(bytes, options, cancellation))
                {
                    string? innerName = fileName is not null && fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3] : fileName;
                    string? inner = FileSignature.Of(unpacked);
                    TableReading reading = inner is null
                        ? ReadText(unpacked, innerName, options, cancellation)
                        : throw new DataException($"The packed file holds {inner}; only text is read from gzip files.");
                    return reading with { Format = reading.Format with { Compressed = true } };
                }

            case FileSignature.Zip when ExcelTable.IsWorkbook(bytes):
            case FileSignature.CompoundFile:
                return ExcelTable.Read(bytes, options, cancellation);
            case string binary:
                throw new DataException($"The file is {binary}; expected CSV, TSV, JSON lines, a JSON array of objects, svmlight or an Excel workbook.");
            default:
                return ReadText(bytes, fileName, options, cancellation);
        }
    }

    private static TableReading ReadText(TableBytes bytes, string? fileName, TableReadOptions options, CancellationToken cancellation)
    {
        var notes = new List<string>();
        if (SvmlightTable.Recognizes(fileName))
        {
            return SvmlightTable.Read(bytes, options, notes, cancellation);
        }

        using var decoded = new DecodedText(bytes, options.Encoding, cancellation);
        try
        {
            return ReadUtf8(decoded, fileName, options, notes, cancellation);
        }
        catch (InvalidUtf8Exception e) when (options.Encoding is null && !decoded.IsDecoded)
        {
            notes = [$"Line {e.LineNumber} is not UTF-8: the file was read as Windows-1252. Name the encoding if letters look wrong."];
            decoded.DecodeAs(DecodedText.Windows1252, cancellation);
            return ReadUtf8(decoded, fileName, options, notes, cancellation);
        }
        catch (InvalidUtf8Exception e)
        {
            throw new DataException($"Line {e.LineNumber} is not valid {decoded.EncodingName}, as asked for.", e);
        }
    }

    private static TableReading ReadUtf8(DecodedText text, string? fileName, TableReadOptions options, List<string> notes, CancellationToken cancellation)
    {
        TableReading reading = JsonTable.Recognizes(text.Bytes, fileName)
            ? JsonTable.Read(text.Bytes, options, notes, cancellation)
            : DelimitedTable.Read(text.Bytes, options, notes, known: null, cancellation);
        return reading with { Format = reading.Format with { Encoding = text.EncodingName } };
    }

    private static TableBytes Unpack(TableBytes bytes, TableReadOptions options, CancellationToken cancellation)
    {
        try
        {
            using var gzip = new GZipStream(bytes.OpenRead(), CompressionMode.Decompress);
            return Copy(gzip, options.MaxUnpackedBytes, bytes.Length * MostUnpackedRatio, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"The gzip file is damaged: {e.Message}", e);
        }
    }

    private static TableBytes Copy(Stream source, long mostBytes, long? ratioLimit, CancellationToken cancellation)
    {
        using var spool = new Spool(mostBytes);
        var buffer = new byte[1 << 17];
        for (int count; (count = source.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            spool.Write(buffer.AsSpan(0, count));
            if (spool.Length > FreeUnpackedBytes && spool.Length > ratioLimit)
            {
                throw new DataException($"The file unpacks to more than {MostUnpackedRatio} times its size; that is not a table that people pack.");
            }
        }

        return spool.ToBytes();
    }
}
