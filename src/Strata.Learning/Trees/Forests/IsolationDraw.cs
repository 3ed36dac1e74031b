using Strata.Tensors;

namespace Strata.Learning.Trees.Forests;

/// <summary>
/// Draws rows for a tree without replacement, a row of weight two counting as two rows: each unit of weight, and what is left of one, is a copy that can be drawn once.
/// </summary>
internal sealed class IsolationDraw
{
    /// <summary>Attempts per wanted row; they run out only where almost all weight is in fewer rows.</summary>
    private const int Attempts = 64;

    private readonly int[] rows;
    private readonly double[] ends;

    /// <param name="weights">A weight a row; rows of weight 0 are never drawn.</param>
    public IsolationDraw(double[] weights)
    {
        rows = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        ends = new double[rows.Length];
        double sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            CopyCount += Math.Ceiling(weights[rows[i]]);
            ends[i] = sum += weights[rows[i]];
        }
    }

    /// <summary>How many copies there are.</summary>
    public double CopyCount { get; }

    /// <summary>Draws so many copies, or all there are; a row may occur several times.</summary>
    public List<int> Draw(int wanted, RandomSource random)
    {
        var drawn = new List<int>(wanted);
        if (CopyCount <= wanted)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                drawn.AddRange(Enumerable.Repeat(rows[i], (int)Math.Ceiling(ends[i] - (i > 0 ? ends[i - 1] : 0))));
            }

            return drawn;
        }

        var taken = new HashSet<(int, double)>();
        for (int attempt = 0; attempt < Attempts * wanted && drawn.Count < wanted; attempt++)
        {
            double at = random.NextDouble() * ends[^1];
            int i = Array.BinarySearch(ends, at);
            i = Math.Min(i >= 0 ? i + 1 : ~i, rows.Length - 1);
            if (taken.Add((i, Math.Floor(at - (i > 0 ? ends[i - 1] : 0)))))
            {
                drawn.Add(rows[i]);
            }
        }

        return drawn;
    }
}
