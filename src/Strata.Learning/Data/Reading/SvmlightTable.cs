using System.Globalization;
using System.Text;

namespace Strata.Learning.Data.Reading;

/// <summary>
/// Reads svmlight text (also called libsvm): a line a row, <c>label [qid:query] index:value ... [# comment]</c>. A column comes of each index that occurs, named
/// <c>f</c> and the index; what a line does not name is 0. Whether indices count from 0 or 1 does not matter to the names, and is noted.
/// </summary>
internal sealed class SvmlightTable
{
    private const int MostProblems = 20;
    private const int MostShownBytes = 40;
    private const double LargestWhole = 1L << 53;
    private static readonly string[] Endings = [".svm", ".svmlight", ".libsvm"];

    private readonly TableReadOptions options;
    private readonly List<string> problems = [];
    private readonly List<int> starts = [0], indices = [];
    private readonly List<double> values = [], labels = [];
    private readonly List<long> queries = [], lines = [];

    private SvmlightTable(TableReadOptions options) => this.options = options;

    public static bool Recognizes(string? fileName) => Endings.Any(ending => fileName?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true);

    /// <param name="bytes">The text.</param>
    /// <param name="options">The names it expects give columns that no line mentions.</param>
    /// <param name="notes">What was found out; goes on here.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataException">A token is none of the format's; each of the first is named with its line.</exception>
    public static unsafe TableReading Read(TableBytes bytes, TableReadOptions options, List<string> notes, CancellationToken cancellation)
    {
        var table = new SvmlightTable(options);
        var comments = new List<string>();
        long lineNumber = 0;
        for (long at = 0; at < bytes.Length;)
        {
            if ((lineNumber++ & 1023) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var rest = new ReadOnlySpan<byte>(bytes.Start + at, (int)Math.Min(int.MaxValue, bytes.Length - at));
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            at += end < 0 ? rest.Length : end + 1;
            if (table.labels.Count == 0 && line.StartsWith("#"u8))
            {
                comments.Add(Encoding.UTF8.GetString(line[1..].Trim(" \t\r"u8)));
            }

            table.Line(lineNumber == 1 && line.StartsWith("\uFEFF"u8) ? line[3..] : line, lineNumber);
            if (table.problems.Count >= MostProblems)
            {
                break;
            }
        }

        DataException.ThrowIfAny(table.problems);
        return table.Finish(comments, notes, cancellation);
    }

    private void Line(ReadOnlySpan<byte> line, long lineNumber)
    {
        int comment = line.IndexOf((byte)'#');
        line = comment < 0 ? line : line[..comment];
        if (!Token(ref line, out ReadOnlySpan<byte> token))
        {
            return;
        }

        lines.Add(lineNumber);
        if (Number(token, out double label) && !double.IsNaN(label))
        {
            labels.Add(label);
        }
        else
        {
            labels.Add(0);
            Problem(lineNumber, token, token.Contains((byte)',') ? "one label; several labels of one row are not taken" : "a label that is a number");
        }

        bool mayBeQuery = true;
        for (; Token(ref line, out token); mayBeQuery = false)
        {
            if (mayBeQuery && token.StartsWith("qid:"u8))
            {
                Query(token, lineNumber);
            }
            else
            {
                Entry(token, lineNumber);
            }
        }

        starts.Add(indices.Count);
    }

    private void Query(ReadOnlySpan<byte> token, long lineNumber)
    {
        if (!long.TryParse(token[4..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long query))
        {
            Problem(lineNumber, token, "qid: and a whole number");
        }
        else if (queries.Count == labels.Count - 1)
        {
            queries.Add(query);
        }
        else
        {
            Problem(lineNumber, token, "a query (qid) in every row or in none");
        }
    }

    private void Entry(ReadOnlySpan<byte> token, long lineNumber)
    {
        int colon = token.IndexOf((byte)':');
        if (colon <= 0 || !int.TryParse(token[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            Problem(lineNumber, token, "index:value with a whole index of at least 0");
        }
        else if (!Number(token[(colon + 1)..], out double value))
        {
            Problem(lineNumber, token, "index:value with a finite number");
        }
        else
        {
            indices.Add(index);
            values.Add(value);
        }
    }

    private void Problem(long lineNumber, ReadOnlySpan<byte> token, string expected)
    {
        if (problems.Count < MostProblems)
        {
            string shown = Encoding.UTF8.GetString(token[..Math.Min(token.Length, MostShownBytes)]) + (token.Length > MostShownBytes ? "..." : string.Empty);
            problems.Add($"Line {lineNumber} has '{shown}'; expected {expected}.");
        }
    }

    private static bool Token(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> token)
    {
        line = line.TrimStart(" \t\r"u8);
        int end = line.IndexOfAny(" \t\r"u8);
        token = end < 0 ? line : line[..end];
        line = line[token.Length..];
        return token.Length > 0;
    }

    /// <summary>A finite number, or NaN for missing.</summary>
    private static bool Number(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && !double.IsInfinity(value);

    private TableReading Finish(List<string> comments, List<string> notes, CancellationToken cancellation)
    {
        if (labels.Count == 0)
        {
            throw new DataException("The file has no row; expected lines such as '1 3:0.5 7:2'.");
        }

        if (queries.Count > 0 && queries.Count < labels.Count)
        {
            throw new DataException($"{queries.Count} of {labels.Count} rows have a query (qid); expected one in every row or in none.");
        }

        var columns = new List<Column> { Whole("label", labels) };
        if (queries.Count > 0)
        {
            columns.Add(new Int64Column("qid", [.. queries]));
        }

        columns.AddRange(Features(cancellation));
        string counting = indices.Contains(0) ? "Indices count from 0." : "No index is 0: indices seem to count from 1.";
        notes.Add($"{counting} {columns.Count - (queries.Count > 0 ? 2 : 1)} columns have {indices.Count} entries; all other numbers are 0.");
        var format = new TableFormat { Kind = TableKind.Svmlight, CommentLines = comments, HeaderNames = [.. columns.Select(column => column.Name)] };
        return new TableReading(new Frame(columns), format, [.. columns.Select(column => new InferredColumn(column.Name, column.Type, "svmlight holds numbers"))], notes);
    }

    private static Column Whole(string name, List<double> numbers) => numbers.TrueForAll(number => number == Math.Floor(number) && Math.Abs(number) <= LargestWhole)
        ? new Int64Column(name, [.. numbers.Select(number => (long)number)])
        : new Float64Column(name, [.. numbers]);

    /// <summary>The columns in the order of their indices.</summary>
    private IEnumerable<Column> Features(CancellationToken cancellation)
    {
        int[] known = [.. indices.Concat(ExpectedIndices()).Distinct().Order()];
        if (known.Length > options.MaxSparseColumns)
        {
            throw new DataException($"The file has {known.Length} different indices; at most {options.MaxSparseColumns} columns are read.");
        }

        Dictionary<int, int> placeOf = known.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var first = new int[known.Length + 1];
        foreach (int index in indices)
        {
            first[placeOf[index] + 1]++;
        }

        for (int place = 0; place < known.Length; place++)
        {
            first[place + 1] += first[place];
        }

        int[] next = [.. first], rows = new int[indices.Count];
        var numbers = new double[indices.Count];
        for (int row = 0; row < labels.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = starts[row]; i < starts[row + 1]; i++)
            {
                int place = placeOf[indices[i]], at = next[place]++;
                if (at > first[place] && rows[at - 1] == row)
                {
                    problems.Add($"Line {lines[row]} has index {indices[i]} twice; expected each index once.");
                }

                (rows[at], numbers[at]) = (row, values[i]);
            }
        }

        DataException.ThrowIfAny([.. problems.Take(MostProblems)]);
        return known.Select((index, place) =>
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"f{index}");
            var column = new SparseNumberColumn(name, labels.Count, rows[first[place]..first[place + 1]], numbers[first[place]..first[place + 1]]);
            return SparseNumberColumn.Pays(column.Rows.Length, column.Count) ? column : column.InFull();
        });
    }

    /// <summary>The indices of columns that somebody expects: where no line mentions them, they are 0 in all rows.</summary>
    private IEnumerable<int> ExpectedIndices() => options.ExpectedNames
        .Where(name => name.StartsWith('f'))
        .Select(name => int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && name == string.Create(CultureInfo.InvariantCulture, $"f{index}") ? index : -1)
        .Where(index => index >= 0);
}
