namespace Strata.Learning.Losses;

/// <summary>What a fit lowers: a value shared by everything that learns from derivatives. The total loss is the weighted mean over rows.</summary>
public interface ILoss
{
    /// <summary>The name of <see cref="Mean"/> among metrics, such as <c>log_loss</c> or <c>rmse</c>.</summary>
    string Metric { get; }

    /// <summary>How many raw scores a row has.</summary>
    int OutputCount { get; }

    /// <summary>Whether every second derivative is 1 (times the row's weight).</summary>
    bool HasUnitHessian { get; }

    /// <summary>Whether adding a number to all targets and scores changes nothing, so that targets may be centred.</summary>
    bool IsShiftInvariant { get; }

    /// <summary>The largest possible size of a first derivative at weight 1; infinity where there is none.</summary>
    double LargestGradient { get; }

    /// <summary>The largest possible second derivative at weight 1.</summary>
    double LargestHessian { get; }

    /// <summary>Whether a higher <see cref="Metric"/> is better.</summary>
    bool HigherIsBetter => false;

    /// <summary>The quantile of its rows' residuals that a leaf's value becomes once the tree stands, where derivatives say too little about how far to go; null for none.</summary>
    double? RenewedQuantile => null;

    /// <summary>Whether a block is all rows of one query, of any length, instead of any rows.</summary>
    bool TakesQueries => false;

    /// <summary>What a target must be, such as <c>a number of at least 0</c>, when this one is not that; null when it will do.</summary>
    string? Objection(double target) => null;

    /// <summary>The constant raw scores with the lowest loss [outputs].</summary>
    double[] InitialScores(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);

    /// <summary>First and second derivatives by each raw score, times the row's weight, in the layout of the block's scores.</summary>
    void Derivatives(in LossBlock block, Span<float> gradients, Span<float> hessians);

    /// <summary>The sum over the block's rows of weight times loss.</summary>
    double Sum(in LossBlock block);

    /// <summary>The metric from the sums of loss and weight over all rows: their quotient, or its root for <c>rmse</c>.</summary>
    double Mean(double lossSum, double weightSum);
}

/// <summary>Consecutive rows with their raw scores. The row count is a multiple of <see cref="RowUnit"/>: padding rows have weight zero; or, for losses of queries, what it is.</summary>
/// <param name="targets">Class codes or numbers [rows].</param>
/// <param name="weights">[rows].</param>
/// <param name="scores">Output-major: output <c>k</c> starts at <c>k * outputStride</c>.</param>
/// <param name="outputStride">The distance between outputs in <paramref name="scores"/>.</param>
public readonly ref struct LossBlock(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, ReadOnlySpan<float> scores, int outputStride)
{
    /// <summary>Blocks are whole multiples of this many rows, so that vector code needs no tails.</summary>
    public const int RowUnit = 16;

    public ReadOnlySpan<float> Targets { get; } = targets;

    public ReadOnlySpan<float> Weights { get; } = weights;

    public ReadOnlySpan<float> Scores { get; } = scores;

    public int OutputStride { get; } = outputStride;

    public int RowCount => Targets.Length;

    public ReadOnlySpan<float> ScoresOf(int output) => Scores.Slice(output * OutputStride, RowCount);

    public static int Padded(int rows) => (rows + RowUnit - 1) / RowUnit * RowUnit;
}
