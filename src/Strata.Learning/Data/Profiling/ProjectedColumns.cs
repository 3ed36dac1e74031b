using Strata.Tensors;

namespace Strata.Learning.Data.Profiling;

/// <summary>
/// Numeric columns of length 1 on some rows, seen along random directions. The difference of two columns correlated by r has length sqrt(2 - 2r), so that their
/// projections differ by about that over the square root of the number of rows; pairs that differ by five times as much along any direction are passed over.
/// </summary>
internal static class ProjectedColumns
{
    private const int Directions = 12;
    private const double Tolerance = 5;
    private const double Flat = 1e-12;
    private const ulong Seed = 30;

    /// <summary>Indices of columns that may be correlated by at least <see cref="NearDuplicates.LeastCorrelation"/>, either way round, the smaller index first.</summary>
    public static IEnumerable<(int First, int Second)> NearPairs(Frame frame, int[] rows, CancellationToken cancellation)
    {
        float[][] directions = RandomDirections(rows.Length);
        List<(int Index, float[] Seen)> columns = [];
        for (int i = 0; i < frame.ColumnCount; i++)
        {
            if (frame.Columns[i].IsNumeric && Standardized(frame.Columns[i], rows) is float[] standardized)
            {
                columns.Add((i, [.. directions.Select(direction => Dot(direction, standardized))]));
            }
        }

        columns.Sort((a, b) => Math.Abs(a.Seen[0]).CompareTo(Math.Abs(b.Seen[0])));
        float reach = (float)(Tolerance * Math.Sqrt((2 - 2 * NearDuplicates.LeastCorrelation) / rows.Length));
        for (int i = 0; i < columns.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int j = i + 1; j < columns.Count && Math.Abs(columns[j].Seen[0]) - Math.Abs(columns[i].Seen[0]) <= reach; j++)
            {
                if (AreNear(columns[i].Seen, columns[j].Seen, reach))
                {
                    yield return (Math.Min(columns[i].Index, columns[j].Index), Math.Max(columns[i].Index, columns[j].Index));
                }
            }
        }
    }

    private static float Dot(float[] a, float[] b)
    {
        float sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static bool AreNear(float[] a, float[] b, float reach)
    {
        bool equal = true, opposite = true;
        for (int i = 0; i < a.Length && (equal || opposite); i++)
        {
            equal &= Math.Abs(a[i] - b[i]) <= reach;
            opposite &= Math.Abs(a[i] + b[i]) <= reach;
        }

        return equal || opposite;
    }

    /// <summary>Mean 0, length 1, missing values 0; null for columns that hardly vary.</summary>
    private static float[]? Standardized(Column column, int[] rows)
    {
        double[] values = Array.ConvertAll(rows, column.NumberAt);
        double[] present = Array.FindAll(values, value => !double.IsNaN(value));
        double mean = present.Sum() / present.Length;
        double length = Math.Sqrt(present.Sum(value => (value - mean) * (value - mean)));
        return double.IsFinite(length) && length > Flat * Math.Abs(mean)
            ? Array.ConvertAll(values, value => double.IsNaN(value) ? 0 : (float)((value - mean) / length))
            : null;
    }

    private static float[][] RandomDirections(int length)
    {
        var random = new RandomSource(Seed);
        var directions = new float[Directions][];
        for (int i = 0; i < Directions; i++)
        {
            directions[i] = new float[length];
            foreach (ref float part in directions[i].AsSpan())
            {
                part = (float)(random.NextGaussian() / Math.Sqrt(length));
            }
        }

        return directions;
    }
}
