using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Effects;

/// <summary>How effects of columns on what a model says are measured.</summary>
public sealed record EffectOptions
{
    /// <summary>Most values of a column of numbers: quantiles of the rows' own values.</summary>
    public int Points { get; init; } = 20;

    /// <summary>So many rows are taken by chance when there are more.</summary>
    public int MostRows { get; init; } = 500;

    public ExplainedOutput Output { get; init; } = ExplainedOutput.Prediction;

    /// <summary>Threads, seed of the choice of rows, cancellation.</summary>
    public FitContext Context { get; init; } = new();

    /// <exception cref="DataException">A setting is out of its range.</exception>
    internal void Check() => DataException.ThrowIfAny(
    [
        .. Points is < 2 or > 1000 ? new[] { $"Points are {Points}; expected 2 to 1000." } : [],
        .. MostRows < 1 ? new[] { $"Rows are {MostRows}; expected at least 1." } : [],
    ]);
}
