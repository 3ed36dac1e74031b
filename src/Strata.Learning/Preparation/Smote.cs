using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Preparation;

/// <summary>
/// Makes up rows between neighbours of one class (Chawla and others 2002). Numbers lie somewhere on the straight line; categories and booleans are what most
/// of the neighbours have, and where two rows differ in one, that counts in their distance as the median standard deviation of the numbers (SMOTE-NC).
/// </summary>
internal sealed class Smote
{
    private readonly Column[] numbers;
    private readonly Column[] categories;
    private readonly double[][] values;
    private readonly double[][] codes;
    private readonly int neighborCount;
    private readonly List<(int Base, int Other, double Part, int[] Neighbors)> plan = [];

    /// <exception cref="DataException">A number column has gaps.</exception>
    public Smote(Frame rows, int neighbors)
    {
        neighborCount = neighbors;
        numbers = [.. rows.Columns.Where(column => column.IsNumeric && column.Type != ColumnType.Boolean)];
        categories = [.. rows.Columns.Where(column => column.Type is ColumnType.Category or ColumnType.Boolean)];
        string[] gaps = [.. numbers.Where(column => column.MissingCount > 0).Select(column => column.Name)];
        DataException.ThrowIfAny(gaps.Length == 0 ? [] : [$"Rows can only be made up between complete ones, but these columns have missing values: {NearNames.List(gaps, 12)}. Fill them by a step before, such as impute."]);
        FiniteNumbers.Check(rows);
        values = [.. numbers.Select(NumberBlock.Of)];
        codes = [.. categories.Select(column =>
        {
            var copy = new double[column.Count];
            column.CopyNumbers(copy);
            return Array.ConvertAll(copy, code => double.IsNaN(code) ? -1 : code);
        })];
    }

    /// <summary>Decides for each drawn row of a class which neighbour it moves towards and how far.</summary>
    public void Plan(int[] rows, int[] drawn, RandomSource random, CancellationToken cancellation)
    {
        double[] deviations = [.. values.Select(column => Deviation(column, rows)).Order()];
        double step = deviations.Length == 0 ? 1 : (deviations[(deviations.Length - 1) / 2] + deviations[deviations.Length / 2]) / 2;
        var known = new Dictionary<int, int[]>();
        foreach (int row in drawn)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!known.TryGetValue(row, out int[]? neighbors))
            {
                known[row] = neighbors = [.. rows.Where(other => other != row).Select(other => (Distance(row, other, step), other)).Order().Take(neighborCount).Select(pair => pair.other)];
            }

            plan.Add((row, neighbors.Length == 0 ? row : neighbors[random.NextInt(neighbors.Length)], random.NextDouble(), neighbors));
        }
    }

    /// <summary>The rows whose last ones, from <paramref name="first"/> on, are bases, with what was planned in their place.</summary>
    public Frame Made(Frame rows, int first)
    {
        Dictionary<string, Column> made = numbers.Select((column, j) => MadeNumbers(rows[column.Name], values[j], first))
            .Concat(categories.Select((column, j) => MadeCategories(rows[column.Name], codes[j], first)))
            .ToDictionary(column => column.Name, StringComparer.Ordinal);
        return new Frame(rows.Columns.Select(column => made.GetValueOrDefault(column.Name, column)));
    }

    private Column MadeNumbers(Column column, double[] known, int first)
    {
        double Between(int i) => known[plan[i].Base] + plan[i].Part * (known[plan[i].Other] - known[plan[i].Base]);
        switch (column is SparseNumberColumn sparse ? sparse.InFull() : column)
        {
            case Float64Column doubles:
                double[] copy = [.. doubles.Values];
                Replace(copy, first, Between);
                return new Float64Column(column.Name, copy);
            case Float32Column floats:
                float[] singles = [.. floats.Values];
                Replace(singles, first, i => (float)Between(i));
                return new Float32Column(column.Name, singles);
            case DateColumn dates:
                long[] ticks = [.. dates.Ticks];
                Replace(ticks, first, i => ticks[first + i] + (long)((Between(i) - known[plan[i].Base]) * TimeSpan.TicksPerSecond));
                return new DateColumn(column.Name, ticks, dates.Missing);
            default:
                var whole = (Int64Column)column;
                long[] longs = [.. whole.Values];
                Replace(longs, first, i => (long)Math.Round(Between(i)));
                return new Int64Column(column.Name, longs, whole.Missing);
        }
    }

    private Column MadeCategories(Column column, double[] known, int first)
    {
        // The level that most neighbours have; the first met of equals.
        int Usual(int i) => (int)(plan[i].Neighbors.Length == 0 ? known[plan[i].Base] : plan[i].Neighbors.CountBy(row => known[row]).MaxBy(pair => pair.Value).Key);
        if (column is CategoryColumn category)
        {
            int[] levels = [.. category.Codes];
            Replace(levels, first, Usual);
            return new CategoryColumn(column.Name, levels, category.Levels);
        }

        var boolean = (BooleanColumn)(column is SparseNumberColumn sparse ? sparse.InFull() : column);
        bool[] flags = [.. boolean.Values];
        var missing = new MissingMask(flags.Length);
        for (int row = 0; row < flags.Length; row++)
        {
            missing[row] = row < first ? boolean.IsMissing(row) : Usual(row - first) < 0;
        }

        Replace(flags, first, i => Usual(i) == 1);
        return new BooleanColumn(column.Name, flags, missing.CountMissing() > 0 ? missing : null);
    }

    private static void Replace<T>(T[] values, int first, Func<int, T> made)
    {
        for (int row = first; row < values.Length; row++)
        {
            values[row] = made(row - first);
        }
    }

    private double Distance(int row, int other, double step)
    {
        double sum = 0;
        foreach (double[] column in values)
        {
            double difference = column[row] - column[other];
            sum += difference * difference;
        }

        foreach (double[] column in codes)
        {
            sum += column[row] == column[other] ? 0 : step * step;
        }

        return sum;
    }

    private static double Deviation(double[] column, int[] rows)
    {
        var moments = new WeightedMoments();
        foreach (int row in rows)
        {
            moments.Add(column[row], 1);
        }

        return Math.Sqrt(moments.Variance);
    }
}
