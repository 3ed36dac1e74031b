using Strata.Learning.Data;
using Strata.Learning.Validation.Drift;

namespace Strata.Learning.Explanation.Effects;

/// <summary>
/// Puts levels in an order in which neighbours are alike in the other columns: by the first coordinate of classical scaling of how far apart the columns' distributions are
/// (Apley and Zhu 2020, appendix E).
/// </summary>
internal static class LevelOrder
{
    /// <summary>More levels stay in their own order.</summary>
    private const int MostLevels = 64;

    private const int Steps = 300;

    /// <summary>Codes of the levels that some row has.</summary>
    public static int[] Of(Frame rows, Column column, int[] there)
    {
        ILookup<int, int> rowsOf = there.ToLookup(row => (int)column.NumberAt(row));
        int[] levels = [.. rowsOf.Select(level => level.Key).Order()];
        if (levels.Length is <= 2 or > MostLevels)
        {
            return levels;
        }

        var distances = new double[levels.Length, levels.Length];
        foreach (Column other in rows.Columns.Where(other => other.Name != column.Name && other.HasNumbers))
        {
            double[][] values = [.. levels.Select(level => rowsOf[level].Select(other.NumberAt).Where(double.IsFinite).Order().ToArray())];
            bool isOfLevels = other is CategoryColumn;
            for (int i = 0; i < levels.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double apart = isOfLevels ? TotalVariation(values[i], values[j]) : KolmogorovSmirnov.Distance(values[i], values[j]);
                    distances[i, j] += apart;
                    distances[j, i] += apart;
                }
            }
        }

        double[] coordinates = FirstCoordinate(distances);
        return [.. Enumerable.Range(0, levels.Length).OrderBy(i => coordinates[i]).Select(i => levels[i])];
    }

    private static double TotalVariation(double[] a, double[] b)
    {
        double Share(double[] values, double level) => values.Length == 0 ? 0 : (double)values.Count(value => value == level) / values.Length;
        return a.Concat(b).Distinct().Sum(level => Math.Abs(Share(a, level) - Share(b, level))) / 2;
    }

    /// <summary>The eigenvector of the largest eigenvalue of the doubly centred squares, by power iteration; the first level's coordinate is not positive.</summary>
    private static double[] FirstCoordinate(double[,] distances)
    {
        int n = distances.GetLength(0);
        double Square(int i, int j) => -distances[i, j] * distances[i, j] / 2;
        double[] means = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Average(j => Square(i, j)))];
        double mean = means.Average(), shift = 0;
        var centred = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                centred[i, j] = Square(i, j) - means[i] - means[j] + mean;
                shift += centred[i, j] * centred[i, j];
            }
        }

        // Without negative eigenvalues the largest is also the largest in size.
        shift = Math.Sqrt(shift);
        double[] vector = [.. Enumerable.Range(0, n).Select(i => Math.Sin(1 + i))];
        for (int step = 0; step < Steps; step++)
        {
            double[] next = [.. Enumerable.Range(0, n).Select(i => shift * vector[i] + Enumerable.Range(0, n).Sum(j => centred[i, j] * vector[j]))];
            double length = Math.Sqrt(next.Sum(value => value * value));
            if (length == 0)
            {
                return [.. Enumerable.Range(0, n).Select(i => (double)i)];
            }

            vector = [.. next.Select(value => value / length)];
        }

        return vector[0] > 0 ? [.. vector.Select(value => -value)] : vector;
    }
}
