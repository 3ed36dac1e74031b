namespace Strata.Learning.Metrics;

/// <summary>Picks few points of a curve such that its shape stays.</summary>
internal static class CurveThinning
{
    /// <summary>Indices of at most <paramref name="most"/> points, evenly spread along the curve's length |dx| + |dy|, both ends among them.</summary>
    public static int[] Keep(double[] x, double[] y, int most)
    {
        if (x.Length <= most)
        {
            return [.. Enumerable.Range(0, x.Length)];
        }

        var length = new double[x.Length];
        for (int i = 1; i < x.Length; i++)
        {
            length[i] = length[i - 1] + Math.Abs(x[i] - x[i - 1]) + Math.Abs(y[i] - y[i - 1]);
        }

        var kept = new List<int>(most) { 0 };
        double step = length[^1] / (most - 1);
        for (int i = 1; i < x.Length - 1; i++)
        {
            // A point stays when the next one would leave a gap of more than one step behind it.
            if (length[i + 1] > kept.Count * step)
            {
                kept.Add(i);
            }

            if (kept.Count == most - 1)
            {
                break;
            }
        }

        kept.Add(x.Length - 1);
        return [.. kept];
    }

    public static double[] At(double[] values, int[] indices) => [.. indices.Select(i => values[i])];
}
