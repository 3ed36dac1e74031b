using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Local;

/// <summary>Background and explained rows, and which quarter or level each value is in.</summary>
internal sealed class PerturbedTable
{
    private const int Missing = -1;

    private readonly double[]?[] ends;
    private readonly int[]?[] codes;

    /// <param name="background">As the model's signature has it.</param>
    /// <param name="rows">Likewise.</param>
    /// <param name="features">The signature's columns.</param>
    public PerturbedTable(Frame background, Frame rows, Schema features)
    {
        Both = features.Conform(JoinedFrames.Of(background, rows));
        BackgroundCount = background.RowCount;
        ends = [.. Both.Columns.Select(column => column.IsNumeric && column.Type != ColumnType.Boolean ? Quartiles(column, BackgroundCount) : null)];
        codes = [.. Both.Columns.Select((column, c) => column.HasNumbers ? Codes(column, ends[c]) : null)];
        Deviations = [.. Both.Columns.Select(column => column.IsNumeric && column.Type != ColumnType.Boolean ? Deviation(column, BackgroundCount) : 0)];
    }

    /// <summary>First the background's rows.</summary>
    public Frame Both { get; }

    public int BackgroundCount { get; }

    /// <summary>By column: the deviation of the background's numbers; 0 for what is no number.</summary>
    public double[] Deviations { get; }

    /// <summary>Whether two rows are in the same quarter or level.</summary>
    public bool IsSame(int column, int a, int b) => codes[column] is int[] own ? own[a] == own[b] : Both.Columns[column].IsSame(a, b);

    /// <summary>In which quarter or level a row is.</summary>
    public string Condition(int column, int row)
    {
        Column own = Both.Columns[column];
        if (own.IsMissing(row))
        {
            return "is missing";
        }

        if (ends[column] is not double[] quartiles)
        {
            return own.HasNumbers ? $"= {own.TextAt(row)}" : "as it is";
        }

        string End(double value) => own.Type == ColumnType.Date
            ? DateTime.UnixEpoch.AddSeconds(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : value.ToString("G6", CultureInfo.InvariantCulture);
        int code = codes[column]![row];
        return quartiles.Length == 0 ? $"= {own.TextAt(row)}"
            : code == 0 ? $"<= {End(quartiles[0])}"
            : code == quartiles.Length ? $"> {End(quartiles[^1])}"
            : $"{End(quartiles[code - 1])} to {End(quartiles[code])}";
    }

    private static double[] Quartiles(Column column, int count)
    {
        double[] sorted = [.. Enumerable.Range(0, count).Select(column.NumberAt).Where(double.IsFinite).Order()];
        return sorted.Length == 0 || sorted[0] == sorted[^1] ? [] : [.. Enumerable.Range(1, 3).Select(quarter => RowDraws.Quantile(sorted, quarter / 4.0)).Distinct().Where(end => end < sorted[^1])];
    }

    private static double Deviation(Column column, int count)
    {
        double[] numbers = [.. Enumerable.Range(0, count).Select(column.NumberAt).Where(double.IsFinite)];
        double mean = numbers.Length == 0 ? 0 : numbers.Average();
        return numbers.Length == 0 ? 0 : Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));
    }

    private static int[] Codes(Column column, double[]? ends) => [.. Enumerable.Range(0, column.Count).Select(row =>
    {
        double value = column.NumberAt(row);
        return double.IsNaN(value) ? Missing : ends is null ? (int)value : ends.Count(end => value > end);
    })];
}

/// <summary>Rows whose columns come from random background rows each on its own.</summary>
internal sealed class DrawnRows : Neighborhood
{
    private readonly PerturbedTable table;
    private readonly int row;
    private readonly int[] sources;

    public DrawnRows(PerturbedTable table, int row, int samples, RandomSource random)
        : base(samples, table.Both.ColumnCount)
    {
        (this.table, this.row) = (table, table.BackgroundCount + row);
        sources = new int[samples * Width];
        for (int at = 0; at < sources.Length; at++)
        {
            sources[at] = at < Width ? this.row : random.NextInt(table.BackgroundCount);
            Coordinates[at] = table.IsSame(at % Width, sources[at], this.row) ? 1 : 0;
        }
    }

    public override Frame Rows(int first, int count) => new(table.Both.Columns.Select((column, c) => column.Take([.. Enumerable.Range(first, count).Select(sample => sources[sample * Width + c])])));

    public override LimeTerm Term(int term, double weight) => new(table.Both.Columns[term].Name, table.Condition(term, row), weight);
}

/// <summary>Rows whose numbers are moved by normal noise; what cannot be moved comes from random background rows.</summary>
internal sealed class MovedRows : Neighborhood
{
    private readonly PerturbedTable table;
    private readonly int row;
    private readonly int[] sources;
    private readonly bool[] moves;

    public MovedRows(PerturbedTable table, int row, int samples, RandomSource random)
        : base(samples, table.Both.ColumnCount)
    {
        (this.table, this.row) = (table, table.BackgroundCount + row);
        moves = [.. table.Both.Columns.Select((column, c) => table.Deviations[c] > 0 && !column.IsMissing(this.row))];
        sources = new int[samples * Width];
        for (int at = 0; at < sources.Length; at++)
        {
            int column = at % Width;
            sources[at] = at < Width || moves[column] ? this.row : random.NextInt(table.BackgroundCount);
            Coordinates[at] = !moves[column] ? (table.IsSame(column, sources[at], this.row) ? 1 : 0) : at < Width ? 0 : random.NextGaussian();
        }
    }

    public override double SquaredDistance(int sample)
    {
        double sum = 0;
        for (int column = 0; column < Width; column++)
        {
            double at = Coordinates[sample * Width + column];
            sum += moves[column] ? at * at : 1 - at;
        }

        return sum;
    }

    public override Frame Rows(int first, int count) => new(table.Both.Columns.Select((column, c) => moves[c] ? Moved(column, c, first, count) : column.Take([.. Enumerable.Range(first, count).Select(sample => sources[sample * Width + c])])));

    public override LimeTerm Term(int term, double weight) => new(
        table.Both.Columns[term].Name, moves[term] ? string.Create(CultureInfo.InvariantCulture, $"for each {table.Deviations[term]:G6}{(table.Both.Columns[term].Type == ColumnType.Date ? " s" : string.Empty)} more") : table.Condition(term, row), weight);

    private Column Moved(Column column, int c, int first, int count)
    {
        double own = column.NumberAt(row);
        double[] numbers = [.. Enumerable.Range(first, count).Select(sample => own + Coordinates[sample * Width + c] * table.Deviations[c])];
        return NumberColumns.Of(column, numbers);
    }
}
