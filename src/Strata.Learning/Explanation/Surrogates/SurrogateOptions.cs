using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Surrogates;

/// <summary>How a tree that follows a model is grown.</summary>
public sealed record SurrogateOptions
{
    /// <summary>Most splits between the root and a rule.</summary>
    public int MaxDepth { get; init; } = 4;

    /// <summary>Fewest training rows of a rule.</summary>
    public int MinRowsPerLeaf { get; init; } = 10;

    /// <summary>The share of rows that the tree has not seen and its fidelity is measured on.</summary>
    public double HeldShare { get; init; } = 0.3;

    /// <summary>Threads, seed of the division of rows, cancellation.</summary>
    public FitContext Context { get; init; } = new();

    /// <exception cref="DataException">A setting is out of its range.</exception>
    internal void Check() => DataException.ThrowIfAny(
    [
        .. MaxDepth is < 1 or > 20 ? new[] { $"The depth is {MaxDepth}; expected 1 to 20." } : [],
        .. MinRowsPerLeaf < 1 ? new[] { $"Rows of a rule are {MinRowsPerLeaf}; expected at least 1." } : [],
        .. HeldShare is not (> 0 and < 1) ? new[] { FormattableString.Invariant($"The held share is {HeldShare}; expected a number between 0 and 1.") } : [],
    ]);
}
