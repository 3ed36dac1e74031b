namespace Strata.Cli;

/// <summary>Rows of text in aligned columns, plain enough for any terminal and for pipes.</summary>
internal static class TextTable
{
    public static void Write(TextWriter writer, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [header, .. rows];
        int[] widths = [.. header.Select((_, i) => all.Max(row => row[i].Length))];
        foreach (IReadOnlyList<string> row in all)
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, i) => IsNumber(cell) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        }
    }

    private static bool IsNumber(string cell) => cell.Length > 0 && (char.IsAsciiDigit(cell[0]) || (cell[0] is '-' or '+' && cell.Length > 1 && char.IsAsciiDigit(cell[1])));
}
