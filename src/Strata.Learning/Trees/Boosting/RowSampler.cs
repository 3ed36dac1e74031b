using Strata.Learning.Data;
using Strata.Learning.Losses;
using Strata.Tensors;

namespace Strata.Learning.Trees.Boosting;

/// <summary>The rows of one round.</summary>
/// <param name="Drawn">Rows to learn from, ascending.</param>
/// <param name="Others">All other rows whose scores matter.</param>
/// <param name="Factors">What the derivatives of each row of the table are multiplied by; null for one.</param>
internal readonly record struct RowDraw(int[] Drawn, int[] Others, float[]? Factors);

/// <summary>
/// Draws each round's rows: all, a random share, or by gradients (GOSS, Ke et al. 2017: the rows of large gradients and a share of the rest, which then count for all of
/// the rest). What is drawn depends on the seed and the round alone, and for GOSS on the derivatives.
/// </summary>
internal sealed class RowSampler(GradientBoosting recipe, ulong seed, int[] trainRows, int[] otherRows)
{
    private float[]? factors;
    private (int Turn, RowDraw Draw)? last;

    /// <exception cref="DataException">Settings contradict one another.</exception>
    public static void Check(GradientBoosting recipe)
    {
        var problems = new List<string>();
        if (recipe.GradientSampling && recipe.RowFraction < 1)
        {
            problems.Add($"Rows are drawn by gradients or at random, not both: gradient_sampling is on and row_fraction is {recipe.RowFraction}.");
        }

        if (recipe.GradientSampling && recipe.TopRate + recipe.OtherRate > 1)
        {
            problems.Add($"top_rate {recipe.TopRate} and other_rate {recipe.OtherRate} are shares of the rows; together they are at most 1.");
        }

        DataException.ThrowIfAny(problems);
    }

    public RowDraw Draw(int round, PackedDerivatives derivatives)
    {
        if (recipe.GradientSampling)
        {
            return round < (int)(1 / recipe.LearningRate) ? new RowDraw(trainRows, otherRows, null) : DrawByGradients(round, derivatives);
        }

        if (recipe.RowFraction >= 1)
        {
            return new RowDraw(trainRows, otherRows, null);
        }

        int turn = round / recipe.RowSamplingEvery * recipe.RowSamplingEvery;
        if (last?.Turn != turn)
        {
            last = (turn, DrawAtRandom(turn));
        }

        return last.Value.Draw;
    }

    private RowDraw DrawAtRandom(int round)
    {
        var random = RandomSource.For(seed, $"rows of round {round}");
        var (drawn, others) = (new List<int>(), new List<int>(otherRows));
        foreach (int row in trainRows)
        {
            (random.NextDouble() < recipe.RowFraction ? drawn : others).Add(row);
        }

        return drawn.Count > 0 ? new RowDraw([.. drawn], [.. others], null) : new RowDraw(trainRows, otherRows, null);
    }

    private RowDraw DrawByGradients(int round, PackedDerivatives derivatives)
    {
        float[] sizes = derivatives.Sizes(trainRows);
        int count = sizes.Length, top = Math.Max(1, (int)(count * recipe.TopRate)), rest = Math.Max(1, (int)(count * recipe.OtherRate));
        float least = WeightedQuantile.Select([.. sizes], count - top);
        factors ??= [.. Enumerable.Repeat(1f, derivatives.PaddedRows)];
        float factor = (float)((count - top) / (double)rest);
        var random = RandomSource.For(seed, $"rows of round {round}");
        var (drawn, others) = (new List<int>(top + rest), new List<int>(otherRows));
        int large = 0, taken = 0;
        for (int i = 0; i < count; i++)
        {
            int row = trainRows[i];
            factors[row] = 1;
            if (sizes[i] >= least)
            {
                large++;
                drawn.Add(row);
                continue;
            }

            // So many of the rest are still wanted from so many that are still to come.
            double chance = (rest - taken) / (double)Math.Max(1, count - i - Math.Max(0, top - large));
            if (random.NextDouble() < chance)
            {
                taken++;
                factors[row] = factor;
                drawn.Add(row);
            }
            else
            {
                others.Add(row);
            }
        }

        return new RowDraw([.. drawn], [.. others], factors);
    }
}
