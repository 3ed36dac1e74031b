namespace Strata.Learning.Data;

/// <summary>
/// The numbers of a table in compressed rows: of each row the columns in which it differs from the column's common value. What the families that take sparse
/// tables compute on.
/// </summary>
internal sealed class SparseRows
{
    /// <summary>At least so many cells for one entry: with more entries, the whole table in full is quicker.</summary>
    public const int LeastCellsAnEntry = 16;

    /// <param name="columnCount">How many columns there are.</param>
    /// <param name="starts">[rows + 1]: where the entries of each row begin.</param>
    /// <param name="columns">The column of each entry, ascending within a row.</param>
    /// <param name="values">The number of each entry.</param>
    /// <param name="common">The number of each column wherever it has no entry; null for zeros.</param>
    public SparseRows(int columnCount, int[] starts, int[] columns, double[] values, double[]? common = null)
    {
        (ColumnCount, Starts, Columns, Values, Common) = (columnCount, starts, columns, values, common);
    }

    public int RowCount => Starts.Length - 1;

    public int ColumnCount { get; }

    public int[] Starts { get; }

    public int[] Columns { get; }

    public double[] Values { get; }

    /// <summary>Of each column; null where all are zero.</summary>
    public double[]? Common { get; }

    public int EntryCount => Values.Length;

    /// <summary>The table in compressed rows where it is sparse; else null. All columns are numbers.</summary>
    public static SparseRows? TryOf(Frame frame) => IsSparse(frame) ? Of(frame) : null;

    /// <summary>Whether a table has sparse columns and few entries.</summary>
    public static bool IsSparse(Frame frame)
    {
        long entries = 0;
        bool any = false;
        foreach (Column column in frame.Columns)
        {
            any |= column is SparseNumberColumn;
            entries += column is SparseNumberColumn sparse ? sparse.Rows.Length : column.Count;
        }

        return any && entries <= Math.Min(int.MaxValue / 2, (long)frame.RowCount * frame.ColumnCount / LeastCellsAnEntry);
    }

    /// <summary>Any table of numbers in compressed rows; zeros of columns in full are no entries.</summary>
    public static SparseRows Of(Frame frame)
    {
        int columnCount = frame.ColumnCount, rowCount = frame.RowCount;
        var starts = new int[rowCount + 1];
        var numbers = new double[columnCount][];
        for (int j = 0; j < columnCount; j++)
        {
            if (frame.Columns[j] is SparseNumberColumn sparse)
            {
                foreach (int row in sparse.Rows)
                {
                    starts[row + 1]++;
                }

                continue;
            }

            numbers[j] = new double[rowCount];
            frame.Columns[j].CopyNumbers(numbers[j]);
            for (int row = 0; row < rowCount; row++)
            {
                starts[row + 1] += numbers[j][row] != 0 ? 1 : 0;
            }
        }

        for (int row = 0; row < rowCount; row++)
        {
            starts[row + 1] += starts[row];
        }

        int[] next = [.. starts], columns = new int[starts[^1]];
        var values = new double[columns.Length];
        void Add(int row, int column, double value)
        {
            (columns[next[row]], values[next[row]]) = (column, value);
            next[row]++;
        }

        for (int j = 0; j < columnCount; j++)
        {
            if (frame.Columns[j] is SparseNumberColumn sparse)
            {
                for (int i = 0; i < sparse.Rows.Length; i++)
                {
                    Add(sparse.Rows[i], j, sparse.Values[i]);
                }

                continue;
            }

            for (int row = 0; row < rowCount; row++)
            {
                if (numbers[j][row] != 0)
                {
                    Add(row, j, numbers[j][row]);
                }
            }
        }

        double[] common = [.. frame.Columns.Select(column => (column as SparseNumberColumn)?.Common ?? 0)];
        return new SparseRows(columnCount, starts, columns, values, common.AsSpan().ContainsAnyExcept(0.0) ? common : null);
    }

    /// <summary>The columns of a row's entries, ascending.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row) => Columns.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>The numbers of a row's entries.</summary>
    public ReadOnlySpan<double> ValuesOf(int row) => Values.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>
    /// The same table with values as distances from <see cref="Common"/>. A column that has an entry in every row is measured from its mean, so that sums of
    /// squares lose nothing.
    /// </summary>
    public SparseRows Distances()
    {
        var (counts, sums) = (new int[ColumnCount], new double[ColumnCount]);
        for (int i = 0; i < Columns.Length; i++)
        {
            counts[Columns[i]]++;
            sums[Columns[i]] += Values[i];
        }

        double[] common = Common is null ? new double[ColumnCount] : [.. Common];
        for (int j = 0; j < ColumnCount; j++)
        {
            common[j] = counts[j] == RowCount && RowCount > 0 ? sums[j] / RowCount : common[j];
        }

        if (!common.AsSpan().ContainsAnyExcept(0.0))
        {
            return this;
        }

        var values = new double[Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Values[i] - common[Columns[i]];
        }

        return new SparseRows(ColumnCount, Starts, Columns, values, common);
    }

    /// <summary>The same numbers as entries beside these common values, which are zeros for null: where a column's own are others, every row gets an entry.</summary>
    public SparseRows Besides(double[]? common)
    {
        int[] others = [.. Enumerable.Range(0, ColumnCount).Where(j => (Common?[j] ?? 0) != (common?[j] ?? 0))];
        if (others.Length == 0)
        {
            return this;
        }

        var starts = new int[Starts.Length];
        var (columns, values) = (new List<int>(), new List<double>());
        for (int row = 0; row < RowCount; row++)
        {
            for (int at = Starts[row], k = 0; at < Starts[row + 1] || k < others.Length;)
            {
                bool isEntry = at < Starts[row + 1] && (k == others.Length || Columns[at] <= others[k]);
                int column = isEntry ? Columns[at] : others[k];
                columns.Add(column);
                values.Add(isEntry ? Values[at++] : Common?[column] ?? 0);
                k += k < others.Length && others[k] == column ? 1 : 0;
            }

            starts[row + 1] = columns.Count;
        }

        return new SparseRows(ColumnCount, starts, [.. columns], [.. values], common);
    }

    /// <summary>The same entries column by column: a matrix whose rows are these columns.</summary>
    public SparseRows Transposed()
    {
        var starts = new int[ColumnCount + 1];
        foreach (int column in Columns)
        {
            starts[column + 1]++;
        }

        for (int j = 0; j < ColumnCount; j++)
        {
            starts[j + 1] += starts[j];
        }

        int[] next = [.. starts], rows = new int[Columns.Length];
        var values = new double[Values.Length];
        for (int row = 0; row < RowCount; row++)
        {
            for (int i = Starts[row]; i < Starts[row + 1]; i++)
            {
                int at = next[Columns[i]]++;
                (rows[at], values[at]) = (row, Values[i]);
            }
        }

        return new SparseRows(RowCount, starts, rows, values);
    }
}
