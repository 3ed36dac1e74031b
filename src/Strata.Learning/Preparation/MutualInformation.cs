using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Preparation;

/// <summary>
/// How many nats a column tells about a target, estimated by distances to nearest neighbours: number and number by Kraskov, Stögbauer and Grassberger 2004,
/// number and class by Ross 2014, class and class by counting. Weights only tell which rows count at all.
/// </summary>
internal static class MutualInformation
{
    private const int Neighbors = 3;
    private const double Noise = 1e-10;

    /// <param name="column">Numbers, or categories and booleans (missing is a level of its own there); text and arrays give null.</param>
    /// <param name="table">The target, one value a row.</param>
    /// <param name="seed">For the tiny noise that sets equal numbers apart.</param>
    /// <param name="cancellation">Looked at row by row.</param>
    public static double? Of(Column column, TrainingTable table, ulong seed, CancellationToken cancellation = default)
    {
        if (!column.HasNumbers)
        {
            return null;
        }

        var random = RandomSource.For(seed, $"mutual information of {column.Name}");
        int[] rows = [.. Enumerable.Range(0, column.Count).Where(row => (table.Weights?[row] ?? 1) > 0 && (column.Type is ColumnType.Category or ColumnType.Boolean || !column.IsMissing(row)))];
        if (rows.Length == 0)
        {
            return 0;
        }

        bool discrete = column.Type is ColumnType.Category or ColumnType.Boolean;
        int[] levels = discrete ? Array.ConvertAll(rows, row => column.IsMissing(row) ? -1 : (int)column.NumberAt(row)) : [];
        double[] numbers = discrete ? [] : Scaled(Array.ConvertAll(rows, column.NumberAt), random);
        return table.Target switch
        {
            ClassTarget classes when discrete => OfLevels(levels, Array.ConvertAll(rows, row => classes.Codes[row])),
            ClassTarget classes => OfNumberAndLevels(numbers, Array.ConvertAll(rows, row => classes.Codes[row]), cancellation),
            NumberTarget target when discrete => OfNumberAndLevels(Scaled(Array.ConvertAll(rows, row => target.Values[row]), random), levels, cancellation),
            NumberTarget target => OfNumbers(numbers, Scaled(Array.ConvertAll(rows, row => target.Values[row]), random), cancellation),
            _ => null,
        };
    }

    /// <summary>By counting: sum of p(a, b) log (p(a, b) / p(a) p(b)).</summary>
    public static double OfLevels(int[] a, int[] b)
    {
        double n = a.Length, sum = 0;
        Dictionary<int, int> ofA = new(a.CountBy(code => code)), ofB = new(b.CountBy(code => code));
        foreach (((int one, int other), int count) in a.Zip(b).CountBy(pair => pair))
        {
            sum += count / n * Math.Log(count * n / ((double)ofA[one] * ofB[other]));
        }

        return Math.Max(0, sum);
    }

    /// <summary>Ross 2014: how far the k-th neighbour of the same level is, and how many of all lie within.</summary>
    public static double OfNumberAndLevels(double[] numbers, int[] levels, CancellationToken cancellation = default)
    {
        double[] radius = new double[numbers.Length];
        double ofNeighbors = 0, ofLevels = 0;
        var counted = new List<int>();
        foreach (IGrouping<int, int> level in Enumerable.Range(0, levels.Length).GroupBy(i => levels[i]).Where(level => level.Skip(1).Any()))
        {
            cancellation.ThrowIfCancellationRequested();
            int[] rows = [.. level];
            double[] sorted = Array.ConvertAll(rows, row => numbers[row]);
            Array.Sort(sorted, rows);
            int k = Math.Min(Neighbors, rows.Length - 1);
            for (int i = 0; i < rows.Length; i++)
            {
                radius[rows[i]] = Math.BitDecrement(DistanceOf(sorted, i, k));
            }

            counted.AddRange(rows);
            ofNeighbors += rows.Length * Digamma.Of(k);
            ofLevels += rows.Length * Digamma.Of(rows.Length);
        }

        if (counted.Count == 0)
        {
            return 0;
        }

        double[] all = [.. counted.Select(row => numbers[row]).Order()];
        double within = counted.Sum(row => Digamma.Of(Within(all, numbers[row], radius[row])));
        return Math.Max(0, Digamma.Of(counted.Count) + (ofNeighbors - ofLevels - within) / counted.Count);
    }

    /// <summary>Kraskov and others 2004, first estimator: the k-th neighbour in both by the larger distance, and how many lie nearer in each alone.</summary>
    public static double OfNumbers(double[] x, double[] y, CancellationToken cancellation = default)
    {
        int n = x.Length;
        if (n < 2)
        {
            return 0;
        }

        double[] sortedX = [.. x], inOrder = [.. y], sortedY = [.. y];
        Array.Sort(sortedX, inOrder);
        Array.Sort(sortedY);
        int k = Math.Min(Neighbors, n - 1);
        var strips = new PointStrips(sortedX, inOrder);
        Span<double> nearest = stackalloc double[Neighbors];
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            double radius = Math.BitDecrement(strips.Nearest(i, nearest[..k]));
            sum += Digamma.Of(Within(sortedX, sortedX[i], radius)) + Digamma.Of(Within(sortedY, inOrder[i], radius));
        }

        return Math.Max(0, Digamma.Of(n) + Digamma.Of(k) - sum / n);
    }

    /// <summary>The distance of the k-th nearest of sorted values to the one at a place.</summary>
    private static double DistanceOf(double[] sorted, int at, int k)
    {
        int left = at, right = at;
        double distance = 0;
        for (int found = 0; found < k; found++)
        {
            double toLeft = left > 0 ? sorted[at] - sorted[left - 1] : double.PositiveInfinity, toRight = right < sorted.Length - 1 ? sorted[right + 1] - sorted[at] : double.PositiveInfinity;
            distance = Math.Min(toLeft, toRight);
            _ = toLeft <= toRight ? left-- : right++;
        }

        return distance;
    }

    /// <summary>How many of sorted values lie within a distance, the value itself among them; told by differences, since sums round.</summary>
    private static int Within(double[] sorted, double value, double radius)
    {
        int low = FirstAbove(sorted, value - radius), high = FirstAbove(sorted, value + radius);
        for (; low > 0 && value - sorted[low - 1] <= radius; low--)
        {
        }

        for (; low < sorted.Length && value - sorted[low] > radius; low++)
        {
        }

        for (; high < sorted.Length && sorted[high] - value <= radius; high++)
        {
        }

        for (; high > 0 && sorted[high - 1] - value > radius; high--)
        {
        }

        return Math.Max(1, high - low);
    }

    private static int FirstAbove(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] > value)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    /// <summary>At standard deviation 1, with noise far below what counts so that no two are equal.</summary>
    private static double[] Scaled(double[] values, RandomSource random)
    {
        var moments = new WeightedMoments();
        foreach (double value in values)
        {
            moments.Add(value, 1);
        }

        double width = moments.Variance > 0 ? Math.Sqrt(moments.Variance) : 1;
        double size = Noise * Math.Max(1, values.Average(value => Math.Abs(value / width)));
        return Array.ConvertAll(values, value => value / width + size * random.NextGaussian());
    }
}
