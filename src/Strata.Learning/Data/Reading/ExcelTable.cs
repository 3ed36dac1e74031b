using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;

namespace Strata.Learning.Data.Reading;

/// <summary>Reads a sheet of an Excel workbook. Its cells are rewritten as delimited text and read as such, so that types follow the same rules whatever the file.</summary>
internal static class ExcelTable
{
    private const long MostUnpackedBytes = 200L << 20;
    private const long FreeUnpackedBytes = 10L << 20;
    private const int MostUnpackedRatio = 100;
    private const int MostEntries = 1000;
    private const int RowsBetweenChecks = 1 << 10;

    static ExcelTable() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Whether a zip archive is a workbook, and one that is safe to open.</summary>
    /// <exception cref="DataException">It is damaged, or unpacks to more than is read.</exception>
    public static bool IsWorkbook(TableBytes bytes)
    {
        try
        {
            using var zip = new ZipArchive(bytes.OpenRead(), ZipArchiveMode.Read);
            if (!zip.Entries.Any(entry => entry.FullName is "xl/workbook.xml" or "xl/workbook.bin"))
            {
                return false;
            }

            long unpacked = zip.Entries.Sum(entry => entry.Length);
            if (zip.Entries.Count > MostEntries || unpacked > MostUnpackedBytes || (unpacked > FreeUnpackedBytes && unpacked > bytes.Length * MostUnpackedRatio))
            {
                throw new DataException($"The workbook unpacks to {unpacked} bytes in {zip.Entries.Count} parts; at most {MostUnpackedBytes} bytes, {MostUnpackedRatio} times its size and {MostEntries} parts are read. Save the sheet as CSV.");
            }

            return true;
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"The file begins as a zip archive but is damaged: {e.Message}", e);
        }
    }

    public static TableReading Read(TableBytes bytes, TableReadOptions options, CancellationToken cancellation)
    {
        var notes = new List<string>();
        using var spool = new Spool(long.MaxValue);
        string sheet = Guarded(() =>
        {
            using IExcelDataReader workbook = ExcelReaderFactory.CreateReader(bytes.OpenRead());
            string name = FindSheet(workbook, options.Sheet);
            Rewrite(workbook, name, spool, options, cancellation);
            return name;
        });
        using TableBytes text = spool.ToBytes();
        TableReading reading = DelimitedTable.Read(text, fileName: null, options, notes, Dialect.Plain, cancellation);
        return WithoutEmptyColumns(reading) with { Format = reading.Format with { Kind = TableKind.Excel, Delimiter = null, Sheet = sheet } };
    }

    /// <summary>Whatever a damaged workbook makes the foreign reader throw becomes an error about the data.</summary>
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (DataException or OperationCanceledException or OutOfMemoryException))
        {
            throw new DataException($"The workbook cannot be read: {e.Message}", e);
        }
    }

    private static string FindSheet(IExcelDataReader workbook, string? wanted)
    {
        var names = new List<string>();
        do
        {
            names.Add(workbook.Name);
            if (wanted is null ? workbook.RowCount > 0 && workbook.FieldCount > 0 : string.Equals(workbook.Name, wanted, StringComparison.OrdinalIgnoreCase))
            {
                return workbook.Name;
            }
        }
        while (workbook.NextResult());
        throw new DataException(wanted is null ? "The workbook has no sheet with cells." : $"There is no sheet '{wanted}'. There are: {NearNames.List(names, 12)}.");
    }

    private static void Rewrite(IExcelDataReader workbook, string sheet, Spool spool, TableReadOptions options, CancellationToken cancellation)
    {
        int width = workbook.FieldCount;
        if (width > options.MaxColumns)
        {
            throw new DataException($"Sheet '{sheet}' has {width} columns; at most {options.MaxColumns} are read.");
        }

        using var writer = new DelimitedWriter(spool);
        for (long row = 0; workbook.Read(); row++)
        {
            if (row % RowsBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (!Enumerable.Range(0, width).Any(i => HasValue(workbook, i)))
            {
                continue;
            }

            for (int i = 0; i < width; i++)
            {
                WriteCell(writer, i < workbook.FieldCount ? workbook.GetValue(i) : null);
            }

            writer.EndRow();
        }
    }

    private static bool HasValue(IExcelDataReader workbook, int column) => workbook.GetValue(column) is object value && value is not "";

    private static void WriteCell(DelimitedWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Plain([]);
                break;
            case double number:
                writer.Value(number, "R");
                break;
            case DateTime date:
                writer.Text(date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
                break;
            case bool flag:
                writer.Text(flag ? "true" : "false");
                break;
            default:
                writer.Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
                break;
        }
    }

    /// <summary>Sheets often are wider than what they hold: columns with neither name nor value are left out.</summary>
    private static TableReading WithoutEmptyColumns(TableReading reading)
    {
        bool[] keep = [.. reading.Frame.Columns.Select((column, i) => reading.Format.HeaderNames[i].Length > 0 || column.MissingCount < column.Count)];
        if (!keep.Contains(false))
        {
            return reading;
        }

        return reading with
        {
            Frame = new Frame(reading.Frame.Columns.Where((_, i) => keep[i])),
            Columns = [.. reading.Columns.Where((_, i) => keep[i])],
        };
    }
}
