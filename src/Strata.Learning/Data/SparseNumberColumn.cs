using System.Globalization;

namespace Strata.Learning.Data;

/// <summary>
/// Numbers or booleans of which only those are kept that differ from a common value, such as the zeros of word counts. It is a way of storing and no kind of
/// meaning: every operation gives what the same column in full gives, to the last bit.
/// </summary>
public sealed class SparseNumberColumn : Column
{
    /// <summary>A column is kept so when at most one row in so many differs: it then takes a fifth of the memory or less.</summary>
    private const int LeastRowsAnEntry = 8;

    /// <summary>Fewer rows are not worth it.</summary>
    private const int LeastRows = 64;

    /// <param name="name">Of the column.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="rows">The 0-based rows that differ, ascending.</param>
    /// <param name="values">Their values; NaN is missing.</param>
    /// <param name="common">The value of all other rows; NaN is missing.</param>
    /// <param name="type">Float64, or Boolean for values of 0 and 1.</param>
    /// <exception cref="ArgumentException">The rows do not ascend within the count, or there are not as many values.</exception>
    public SparseNumberColumn(string name, int count, int[] rows, double[] values, double common = 0, ColumnType type = ColumnType.Float64)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(values);
        if (type is not (ColumnType.Float64 or ColumnType.Boolean) || rows.Length != values.Length)
        {
            throw new ArgumentException($"Column '{name}' of {type} has {rows.Length} rows and {values.Length} values.", nameof(values));
        }

        int last = -1;
        foreach (int row in rows)
        {
            last = row > last && row < count ? row : throw new ArgumentException($"Column '{name}' of {count} rows has row {row} after {last}; rows ascend.", nameof(rows));
        }

        if (type == ColumnType.Boolean && !Array.TrueForAll([.. values, common], value => value is 0 or 1 || double.IsNaN(value)))
        {
            throw new ArgumentException($"Column '{name}' is of booleans, but a value is neither 0 nor 1.", nameof(values));
        }

        (Count, Rows, Values, Common, Type) = (count, rows, values, common, type);
    }

    public override int Count { get; }

    public override ColumnType Type { get; }

    /// <summary>The 0-based rows that are kept, ascending.</summary>
    public int[] Rows { get; }

    /// <summary>The number of each of <see cref="Rows"/>; NaN is missing.</summary>
    public double[] Values { get; }

    /// <summary>The number of all other rows; NaN is missing.</summary>
    public double Common { get; }

    /// <summary>Whether so many entries of so many rows are worth keeping alone.</summary>
    public static bool Pays(int entries, int count) => count >= LeastRows && entries <= count / LeastRowsAnEntry;

    /// <summary>The column with what differs from <paramref name="common"/>, or itself where that does not pay or its type is another.</summary>
    public static Column Compact(Column column, double common = 0)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column is SparseNumberColumn || column.Type is not (ColumnType.Float64 or ColumnType.Boolean))
        {
            return column;
        }

        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        long bits = BitConverter.DoubleToInt64Bits(common);
        int[] rows = [.. Enumerable.Range(0, numbers.Length).Where(row => BitConverter.DoubleToInt64Bits(numbers[row]) != bits)];
        return Pays(rows.Length, numbers.Length) ? new SparseNumberColumn(column.Name, numbers.Length, rows, Array.ConvertAll(rows, row => numbers[row]), common, column.Type) : column;
    }

    /// <summary>The same column with every row written out.</summary>
    public Column InFull()
    {
        var numbers = new double[Count];
        CopyNumbers(numbers);
        if (Type == ColumnType.Float64)
        {
            return new Float64Column(Name, numbers);
        }

        MissingMask? missing = MissingCount == 0 ? null : new MissingMask(Count);
        for (int row = 0; row < Count && missing is not null; row++)
        {
            missing[row] = double.IsNaN(numbers[row]);
        }

        return new BooleanColumn(Name, Array.ConvertAll(numbers, number => number == 1), missing);
    }

    /// <summary>What a function makes of every number, missing ones included, under the same name.</summary>
    public SparseNumberColumn Map(Func<double, double> function, ColumnType type = ColumnType.Float64)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(Name, Count, Rows, Array.ConvertAll(Values, value => function(value)), function(Common), type);
    }

    public override bool IsMissing(int row) => double.IsNaN(NumberAt(row));

    public override double NumberAt(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count);
        int at = Array.BinarySearch(Rows, row);
        return at < 0 ? Common : Values[at];
    }

    public override string? TextAt(int row) => NumberAt(row) is double number && double.IsNaN(number) ? null
        : Type == ColumnType.Boolean ? number == 1 ? "true" : "false"
        : number.ToString("R", CultureInfo.InvariantCulture);

    public override void CopyNumbers(int start, Span<double> destination)
    {
        destination.Fill(Common);
        for (int at = FirstFrom(start); at < Rows.Length && Rows[at] - start < destination.Length; at++)
        {
            destination[Rows[at] - start] = Values[at];
        }
    }

    public override Column Take(ReadOnlySpan<int> rows)
    {
        (List<int> taken, List<double> values) = ([], []);
        for (int i = 0; i < rows.Length; i++)
        {
            int at = Array.BinarySearch(Rows, rows[i]);
            if (at >= 0)
            {
                taken.Add(i);
                values.Add(Values[at]);
            }
        }

        return With(rows.Length, [.. taken], [.. values]);
    }

    /// <summary>As <see cref="Take(ReadOnlySpan{int})"/>, in time proportional to what is taken.</summary>
    public SparseNumberColumn Take(TakenRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int count = 0;
        foreach (int row in Rows)
        {
            count += rows.PlacesOf(row).Length;
        }

        var (taken, values) = (new int[count], new double[count]);
        int next = 0;
        for (int at = 0; at < Rows.Length; at++)
        {
            foreach (int place in rows.PlacesOf(Rows[at]))
            {
                (taken[next], values[next++]) = (place, Values[at]);
            }
        }

        if (!rows.Ascend)
        {
            Array.Sort(taken, values);
        }

        return With(rows.Count, taken, values);
    }

    public override Column Named(string name) => new SparseNumberColumn(name, Count, Rows, Values, Common, Type);

    protected override int CountMissing() => Values.Count(double.IsNaN) + (double.IsNaN(Common) ? Count - Rows.Length : 0);

    /// <summary>The place of the first entry at a row or after it.</summary>
    public int FirstFrom(int row)
    {
        int at = Array.BinarySearch(Rows, row);
        return at < 0 ? ~at : at;
    }

    private SparseNumberColumn With(int count, int[] rows, double[] values) => new(Name, count, rows, values, Common, Type);
}
