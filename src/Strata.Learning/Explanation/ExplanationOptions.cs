using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Explanation;

/// <summary>What stands in for the columns that are not known of a row.</summary>
public enum ExplanationMethod
{
    /// <summary>Averages over the training weight along a tree's paths, or a linear model's training means: true to how columns go together in the training rows.</summary>
    Path,

    /// <summary>The values of background rows, each in turn: true to what the model computes.</summary>
    Interventional,
}

/// <summary>How predictions are explained.</summary>
public sealed record ExplanationOptions
{
    public ExplanationMethod Method { get; init; } = ExplanationMethod.Path;

    /// <summary>The rows that others are compared with by <see cref="ExplanationMethod.Interventional"/>; null takes the explained rows themselves.</summary>
    public Frame? Background { get; init; }

    /// <summary>So many of the background rows are taken by chance when there are more.</summary>
    public int MostBackgroundRows { get; init; } = 100;

    /// <summary>Threads, seed of the choice of background rows, cancellation, progress.</summary>
    public FitContext Context { get; init; } = new();

    /// <summary>The background as it is used for some rows.</summary>
    /// <exception cref="DataException">It has no row.</exception>
    internal Frame BackgroundFor(Frame rows)
    {
        Frame all = Background ?? rows;
        ArgumentOutOfRangeException.ThrowIfLessThan(MostBackgroundRows, 1);
        if (all.RowCount <= MostBackgroundRows)
        {
            return all.RowCount > 0 ? all : throw new DataException("The background has no rows; expected at least one to compare with.");
        }

        int[] chosen = [.. Enumerable.Range(0, all.RowCount)];
        RandomSource.For(Context.Seed, "background rows").Shuffle<int>(chosen);
        return all.Take([.. chosen.Take(MostBackgroundRows).Order()]);
    }
}
