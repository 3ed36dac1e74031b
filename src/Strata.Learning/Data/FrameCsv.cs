using System.Text;

namespace Strata.Learning.Data;

/// <summary>Writes a frame as comma-separated UTF-8 text with a header (RFC 4180, lines ending with a line feed). Missing values are empty fields.</summary>
public static class FrameCsv
{
    /// <param name="destination">Left open.</param>
    /// <param name="frame">The rows; numbers are written so that they read back to the same bits.</param>
    /// <param name="spreadsheetSafe">Whether texts that a spreadsheet program would run are guarded by <see cref="SpreadsheetText"/>.</param>
    public static void Write(Stream destination, Frame frame, bool spreadsheetSafe = false)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(frame);
        using var writer = new DelimitedWriter(destination);
        foreach (string name in frame.Names)
        {
            writer.Text(spreadsheetSafe ? SpreadsheetText.Guard(name) : name);
        }

        writer.EndRow();
        Action<int>[] cells = [.. frame.Columns.Select(column => CellWriter(column, writer, spreadsheetSafe))];
        for (int row = 0; row < frame.RowCount; row++)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                if (frame.Columns[i].IsMissing(row))
                {
                    WriteMissing(writer, cells.Length);
                }
                else
                {
                    cells[i](row);
                }
            }

            writer.EndRow();
        }
    }

    /// <summary>The same as text in memory.</summary>
    public static string ToText(Frame frame, bool spreadsheetSafe = false)
    {
        using var memory = new MemoryStream();
        Write(memory, frame, spreadsheetSafe);
        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    /// <summary>In a table of one column an empty field would be a blank line, which is no row.</summary>
    private static void WriteMissing(DelimitedWriter writer, int columnCount)
    {
        if (columnCount == 1)
        {
            writer.Text([]);
        }
        else
        {
            writer.Plain([]);
        }
    }

    private static Action<int> CellWriter(Column column, DelimitedWriter writer, bool spreadsheetSafe)
    {
        switch (column)
        {
            case Float64Column reals:
                return row => writer.Value(reals.Values[row], "R");
            case SparseNumberColumn { Type: ColumnType.Float64 } reals:
                return row => writer.Value(reals.NumberAt(row), "R");
            case Float32Column reals:
                return row => writer.Value(reals.Values[row], "R");
            case Int64Column wholes:
                return row => writer.Value(wholes.Values[row]);
            case CategoryColumn category:
                byte[][] levels = [.. category.Levels.Select(level => Encoding.UTF8.GetBytes(spreadsheetSafe ? SpreadsheetText.Guard(level) : level))];
                return row => writer.Text(levels[category.Codes[row]]);
            case TextColumn texts:
                return row => writer.Text(spreadsheetSafe ? SpreadsheetText.Guard(texts.Values[row]!) : texts.Values[row]!);
            default:
                return row => writer.Text(column.TextAt(row)!);
        }
    }
}
