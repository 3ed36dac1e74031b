using System.Text;

namespace Strata.Solutions.Exoplanets.Archive;

/// <summary>Whether a downloaded CSV is whole: its header, its number of rows, and whether the last row was cut.</summary>
/// <param name="Header">The column names.</param>
/// <param name="RowCount">Rows after the header.</param>
/// <param name="LastRowIsWhole">Whether the text ends with a line break outside quotes, after as many fields as the header has.</param>
internal sealed record CsvShape(IReadOnlyList<string> Header, int RowCount, bool LastRowIsWhole)
{
    public static CsvShape Of(Stream csv)
    {
        using var reader = new StreamReader(csv, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
        var header = new List<string>();
        var field = new StringBuilder();
        int rowCount = -1, fields = 1, lastFields = 0;
        bool quoted = false, comment = false, atStart = true;
        var buffer = new char[1 << 16];
        int read;
        while ((read = reader.Read(buffer)) > 0)
        {
            foreach (char c in buffer.AsSpan(0, read))
            {
                if (atStart && rowCount < 0 && c == '#')
                {
                    comment = true;
                }

                atStart = false;
                if (c == '"' && !comment)
                {
                    quoted = !quoted;
                }
                else if (c == '\n' && !quoted)
                {
                    EndLine();
                }
                else if (c == ',' && !quoted && !comment)
                {
                    fields++;
                    EndField();
                }
                else if (rowCount < 0 && !comment && c != '\r')
                {
                    field.Append(c);
                }
            }
        }

        return new CsvShape(header, Math.Max(0, rowCount), atStart && rowCount >= 0 && lastFields == header.Count);

        void EndField()
        {
            if (rowCount < 0)
            {
                header.Add(field.ToString());
                field.Clear();
            }
        }

        void EndLine()
        {
            if (!comment)
            {
                EndField();
                (lastFields, fields) = (fields, 1);
                rowCount++;
            }

            (comment, atStart) = (false, true);
        }
    }
}
