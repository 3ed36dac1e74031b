using Strata.Learning.Neural.Inputs;
using Strata.Tensors;

namespace Strata.Learning.Neural.Training;

/// <summary>Mixes each row of a batch with another one of it, inputs and targets by the same share (Zhang et al. 2018).</summary>
/// <param name="alpha">Shares are drawn from Beta(alpha, alpha); above 0, at most 1.</param>
/// <param name="most">Rows of the largest batch.</param>
internal sealed class Mixup(double alpha, int most)
{
    private readonly int[] partners = new int[most], rows = new int[most];

    /// <summary>Mixes the batch and returns the share of the rows' own.</summary>
    public double Mix(Batch batch, RandomSource random)
    {
        Span<int> own = partners.AsSpan(0, batch.Count);
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = i;
        }

        random.Shuffle(own);
        double share = Beta(random);
        batch.Mix(own, (float)share, random);
        return share;
    }

    /// <summary>Who the rows of the last batch were mixed with.</summary>
    public ReadOnlySpan<int> PartnersOf(ReadOnlySpan<int> batchRows)
    {
        for (int i = 0; i < batchRows.Length; i++)
        {
            rows[i] = batchRows[partners[i]];
        }

        return rows.AsSpan(0, batchRows.Length);
    }

    /// <summary>Jöhnk's way (1964), which suits parameters of at most 1.</summary>
    private double Beta(RandomSource random)
    {
        while (true)
        {
            double a = Math.Pow(random.NextDouble(), 1 / alpha), b = Math.Pow(random.NextDouble(), 1 / alpha);
            if (a + b is > 0 and <= 1)
            {
                return a / (a + b);
            }
        }
    }
}
