using System.Globalization;
using System.Text;
using Strata.Learning.Data;

namespace Strata.Learning.Trees.Growth;

/// <summary>Reads lists of columns from text: names or 0-based numbers parted by commas, a name with commas, colons or brackets in double quotes.</summary>
internal static class ColumnTexts
{
    /// <summary>The parts between commas that lie outside quotes and brackets, trimmed; empty text has none.</summary>
    public static List<string> Parts(string text)
    {
        var (parts, part) = (new List<string>(), new StringBuilder());
        bool quoted = false;
        int depth = 0;
        foreach (char c in text)
        {
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == ',' && !quoted && depth == 0)
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString().Trim());
        return parts is [""] ? [] : parts;
    }

    public static string WithoutQuotes(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;

    /// <summary>Where the named column is in the frame, or -1 with the problem noted.</summary>
    /// <param name="frame">The table learned from.</param>
    /// <param name="name">A column's name, or its 0-based number where no column is called so.</param>
    /// <param name="setting">The hyperparameter, for the message.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static int Find(Frame frame, string name, string setting, List<string> problems)
    {
        string bare = WithoutQuotes(name);
        IReadOnlyList<Column> columns = frame.Columns;
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == bare)
            {
                return i;
            }
        }

        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < columns.Count)
        {
            return number;
        }

        problems.Add($"'{setting}' names '{bare}'. {DataException.NoSuchColumn(bare, columns.Select(column => column.Name)).Message}");
        return -1;
    }
}
