using System.Globalization;
using System.Text;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Goes through text of numbers token by token, as point clouds and grids are written: blanks or commas between them, comments behind #.</summary>
internal ref struct NumberLines(ReadOnlySpan<byte> text, string what)
{
    private const int MostShown = 30;
    private ReadOnlySpan<byte> rest = text;

    /// <summary>The 1-based number of the line that was read last.</summary>
    public int Line { get; private set; }

    /// <summary>The next line that holds anything; false at the end.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            Line++;
            int comment = line.IndexOf((byte)'#');
            line = (comment < 0 ? line : line[..comment]).Trim(" \t\r\uFEFF"u8);
            if (!line.IsEmpty)
            {
                return true;
            }
        }

        line = [];
        return false;
    }

    /// <summary>The numbers of a line.</summary>
    /// <exception cref="DataException">A token is none.</exception>
    public readonly void Numbers(ReadOnlySpan<byte> line, List<float> into)
    {
        while (!(line = line.TrimStart(" \t,;"u8)).IsEmpty)
        {
            int end = line.IndexOfAny(" \t,;"u8);
            ReadOnlySpan<byte> token = end < 0 ? line : line[..end];
            line = end < 0 ? [] : line[end..];
            if (!float.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out float number))
            {
                throw new DataException($"Line {Line} of the {what} has '{Encoding.UTF8.GetString(token.Length > MostShown ? token[..MostShown] : token)}'; expected numbers.");
            }

            into.Add(NumberArray.Of(number));
        }
    }
}
