using System.Globalization;
using System.Text;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Reads a raster in Esri's text form (<c>.asc</c>): lines such as <c>ncols 383</c>, then the cells row by row from the north. Cells without data are missing.</summary>
internal static class GridText
{
    private const long MostCells = 1L << 26;

    /// <summary>The grid as an image [height, width].</summary>
    public static NumberArray Read(ReadOnlySpan<byte> text)
    {
        var lines = new NumberLines(text, "grid");
        var head = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        var cells = new List<float>();
        bool more = lines.Next(out ReadOnlySpan<byte> line);
        for (; more && char.IsAsciiLetter((char)line[0]); more = lines.Next(out line))
        {
            string[] words = Encoding.UTF8.GetString(line).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            head[words[0]] = words.Length == 2 && NumberText.TryParse(words[1], out double number)
                ? number
                : throw new DataException($"Line {lines.Line} of the grid is '{string.Join(' ', words.Take(4))}'; expected a name and a number, such as 'ncols 100'.");
        }

        int height = Size(head, "nrows"), width = Size(head, "ncols");
        if ((long)height * width > MostCells)
        {
            throw new DataException($"The grid has {height} x {width} cells; at most {MostCells} are read.");
        }

        for (; more; more = lines.Next(out line))
        {
            lines.Numbers(line, cells);
            if (cells.Count > (long)height * width)
            {
                break;
            }
        }

        if (cells.Count != (long)height * width)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"The grid has {(cells.Count > (long)height * width ? "more than " : string.Empty)}{Math.Min(cells.Count, (long)height * width)} cells; expected {height} x {width}."));
        }

        float nothing = (float)head.GetValueOrDefault("NODATA_value", -9999);
        return new NumberArray([height, width], [.. cells.Select(cell => cell == nothing ? float.NaN : cell)]);
    }

    private static int Size(Dictionary<string, double> head, string name) => head.TryGetValue(name, out double size) && size >= 1 && size <= int.MaxValue && size == Math.Floor(size)
        ? (int)size
        : throw new DataException($"The grid has no '{name}' of at least 1 in front of its cells.");
}
