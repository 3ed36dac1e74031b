using System.Globalization;
using System.Text;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>
/// Reads the text format of time-series archives (<c>.ts</c>): header lines such as <c>@classLabel true a b</c>, then a line a case, its dimensions between
/// colons, their steps between commas, the label last. Dimensions become the channels of one series column.
/// </summary>
internal sealed class SeriesLines
{
    private const int MostProblems = 20;
    private const int MostShown = 40;

    private readonly Dictionary<string, string[]> head = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<NumberArray?> cells = [];
    private readonly List<string?> labels = [];
    private readonly List<string> problems = [];
    private readonly List<string> comments = [];
    private int dimensions, uneven;

    private bool HasLabel => IsSet("classLabel") || IsSet("targetLabel");

    public static bool Recognizes(TableBytes bytes, string? fileName)
    {
        if (fileName?.EndsWith(".ts", StringComparison.OrdinalIgnoreCase) != true)
        {
            return false;
        }

        ReadOnlySpan<byte> start = bytes.Head(1 << 16).TrimStart("\uFEFF"u8);
        while (!start.IsEmpty && start[0] is (byte)'#' or (byte)'\r' or (byte)'\n')
        {
            int end = start.IndexOf((byte)'\n');
            start = end < 0 ? [] : start[(end + 1)..];
        }

        return start.StartsWith("@"u8);
    }

    /// <exception cref="DataException">A line is none of the format's; the first ones are named.</exception>
    public static unsafe TableReading Read(TableBytes bytes, List<string> notes, CancellationToken cancellation)
    {
        var lines = new SeriesLines();
        long lineNumber = 0;
        bool isData = false;
        for (long at = 0; at < bytes.Length && lines.problems.Count < MostProblems;)
        {
            cancellation.ThrowIfCancellationRequested();
            var rest = new ReadOnlySpan<byte>(bytes.Start + at, (int)Math.Min(int.MaxValue, bytes.Length - at));
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? rest : rest[..end]).Trim(" \t\r\uFEFF"u8);
            at += end < 0 ? rest.Length : end + 1;
            lineNumber++;
            if (line.IsEmpty)
            {
                continue;
            }

            if (isData)
            {
                lines.Case(line, lineNumber);
            }
            else if (line[0] == '#')
            {
                lines.comments.Add(Encoding.UTF8.GetString(line[1..]).Trim());
            }
            else
            {
                isData = lines.Head(Encoding.UTF8.GetString(line), lineNumber);
            }
        }

        DataException.ThrowIfAny(lines.problems);
        return lines.Finish(notes);
    }

    /// <summary>True when the data begin behind this line.</summary>
    private bool Head(string line, long lineNumber)
    {
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words[0][0] != '@')
        {
            problems.Add($"Line {lineNumber} is '{(line.Length > MostShown ? line[..MostShown] : line)}'; expected a header line that begins with @, and @data before the series.");
            return false;
        }

        head[words[0][1..]] = words[1..];
        if (!words[0].Equals("@data", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (IsSet("timeStamps"))
        {
            throw new DataException("The series have time stamps of their own (@timeStamps true), which are not read from this format; use a table with a row for each step, and name its columns of series and time.");
        }

        return true;
    }

    private bool IsSet(string name) => head.TryGetValue(name, out string[]? words) && words.Length > 0 && words[0].Equals("true", StringComparison.OrdinalIgnoreCase);

    private void Case(ReadOnlySpan<byte> line, long lineNumber)
    {
        if (HasLabel)
        {
            int colon = line.LastIndexOf((byte)':');
            if (colon < 0)
            {
                problems.Add($"Line {lineNumber} has no colon; expected its label behind the last one.");
                return;
            }

            ReadOnlySpan<byte> label = line[(colon + 1)..].Trim(" \t"u8);
            labels.Add(label.IsEmpty || label.SequenceEqual("?"u8) ? null : Encoding.UTF8.GetString(label));
            line = line[..colon];
        }

        List<float[]> parts = [];
        foreach (Range part in line.Split((byte)':'))
        {
            parts.Add(Steps(line[part], lineNumber, parts.Count));
        }

        if (dimensions == 0)
        {
            dimensions = parts.Count;
        }

        if (parts.Count != dimensions)
        {
            problems.Add($"Line {lineNumber} has {parts.Count} dimension{(parts.Count == 1 ? string.Empty : "s")}; expected {dimensions} as before.");
            return;
        }

        cells.Add(Woven(parts));
    }

    private float[] Steps(ReadOnlySpan<byte> text, long lineNumber, int dimension)
    {
        if (text.Trim(" \t"u8).IsEmpty)
        {
            return [];
        }

        var steps = new float[text.Count((byte)',') + 1];
        int step = 0;
        foreach (Range part in text.Split((byte)','))
        {
            ReadOnlySpan<byte> number = text[part].Trim(" \t"u8);
            if (number.SequenceEqual("?"u8) || number.SequenceEqual("NaN"u8))
            {
                steps[step] = float.NaN;
            }
            else if (!float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out steps[step]) || !float.IsFinite(steps[step]))
            {
                problems.Add($"Line {lineNumber} has '{Encoding.UTF8.GetString(number.Length > MostShown ? number[..MostShown] : number)}' at step {step + 1} of dimension {dimension + 1}; expected a number or ? for a missing one.");
                return steps;
            }

            step++;
        }

        return steps;
    }

    /// <summary>The channels of one step beside each other; shorter dimensions are missing at their end.</summary>
    private NumberArray? Woven(List<float[]> parts)
    {
        int steps = parts.Max(part => part.Length), channels = parts.Count;
        if (steps == 0)
        {
            return null;
        }

        uneven += parts.Exists(part => part.Length != steps) ? 1 : 0;
        var values = new float[steps * channels];
        Array.Fill(values, float.NaN);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int step = 0; step < parts[channel].Length; step++)
            {
                values[step * channels + channel] = parts[channel][step];
            }
        }

        return new NumberArray([steps, channels], values);
    }

    private TableReading Finish(List<string> notes)
    {
        if (cells.Count == 0)
        {
            throw new DataException(head.ContainsKey("data") ? "The file has a header but no series." : "The file has no line @data before its series.");
        }

        var series = new ArrayCells("series", cells.Count);
        for (int row = 0; row < cells.Count; row++)
        {
            series[row] = cells[row];
        }

        if (uneven > 0)
        {
            notes.Add($"{uneven} series {(uneven == 1 ? "has" : "have")} dimensions of unlike lengths: the shorter ones are missing at their end.");
        }

        List<Column> columns = [series.ToColumn(ColumnType.Series)];
        if (HasLabel)
        {
            columns.Add(Labels());
        }

        var format = new TableFormat { Kind = TableKind.SeriesText, CommentLines = comments, HeaderNames = [.. columns.Select(column => column.Name)] };
        return new TableReading(new Frame(columns), format, [.. columns.Select(column => new InferredColumn(column.Name, column.Type, "the file's header says so"))], notes);
    }

    /// <summary>Classes, or numbers where the header says that they are a target.</summary>
    private Column Labels()
    {
        if (IsSet("classLabel"))
        {
            return SeriesLabels.Of("label", labels, IsSet("classLabel") ? head["classLabel"][1..] : []);
        }

        var numbers = new double[labels.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = labels[row] is not string text ? double.NaN
                : NumberText.TryParse(text, out double number) ? number
                : throw new DataException($"The target of row {row + 1} is '{text}'; expected a number (@targetLabel true).");
        }

        return new Float64Column("target", numbers);
    }
}
