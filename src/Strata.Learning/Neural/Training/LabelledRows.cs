using Strata.Learning.Neural.Inputs;

namespace Strata.Learning.Neural.Training;

/// <summary>Encoded rows with what a loss needs to know of them.</summary>
internal sealed class LabelledRows
{
    /// <param name="rows">The rows.</param>
    /// <param name="targets">Numbers in deviations, or class codes.</param>
    /// <param name="weights">A weight a row; null for one each.</param>
    public LabelledRows(EncodedRows rows, float[] targets, double[]? weights)
    {
        (Rows, Targets) = (rows, targets);
        Codes = [.. targets.Select(target => (int)target)];
        Weights = weights is null ? [.. Enumerable.Repeat(1f, rows.Count)] : [.. weights.Select(weight => (float)weight)];
        MeanWeight = Weights.Average(weight => (double)weight);
    }

    public EncodedRows Rows { get; }

    public float[] Targets { get; }

    /// <summary>The targets of classes as whole numbers.</summary>
    public int[] Codes { get; }

    public float[] Weights { get; }

    public double MeanWeight { get; }
}

/// <summary>The labels of a batch, gathered into memory that is used again.</summary>
internal sealed class BatchLabels(int most)
{
    private readonly float[] targets = new float[most], weights = new float[most];
    private readonly int[] codes = new int[most];
    private int count;

    public ReadOnlySpan<float> Targets => targets.AsSpan(0, count);

    public ReadOnlySpan<int> Codes => codes.AsSpan(0, count);

    public ReadOnlySpan<float> Weights => weights.AsSpan(0, count);

    public double WeightSum { get; private set; }

    public void Fill(LabelledRows from, ReadOnlySpan<int> rows)
    {
        (count, WeightSum) = (rows.Length, 0);
        for (int i = 0; i < count; i++)
        {
            (targets[i], codes[i], weights[i]) = (from.Targets[rows[i]], from.Codes[rows[i]], from.Weights[rows[i]]);
            WeightSum += weights[i];
        }
    }
}
