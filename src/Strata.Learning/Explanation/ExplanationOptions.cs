using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Explanation;

/// <summary>What stands in for the columns that are not known of a row, and how the contributions are worked out.</summary>
public enum ExplanationMethod
{
    /// <summary>Averages over the training weight along a tree's paths, or a linear model's training means: true to how columns go together in the training rows.</summary>
    Path,

    /// <summary>The values of background rows, each in turn: true to what the model computes.</summary>
    Interventional,

    /// <summary>
    /// For every kind of model: a weighted regression of the model's predictions for coalitions, which are rows whose columns come partly from the row and partly from a background row
    /// (KernelSHAP; Lundberg and Lee 2017, in pairs of a coalition and its complement as Covert and Lee 2021). Sampled, with standard errors; exact where all coalitions fit the evaluations.
    /// </summary>
    Kernel,

    /// <summary>
    /// For every kind of model: what each column adds when the columns become known one after another, in random orders and their reverse (Štrumbelj and Kononenko 2014; Mitchell et al. 2022).
    /// Sampled, with standard errors; exact where all coalitions fit the evaluations. The better one of the two for more than some hundred columns.
    /// </summary>
    Permutation,

    /// <summary>An exact method where the model has one, else one that samples: <see cref="Explainer.MethodFor"/> says which.</summary>
    Auto,
}

/// <summary>How predictions are explained.</summary>
public sealed record ExplanationOptions
{
    public ExplanationMethod Method { get; init; } = ExplanationMethod.Path;

    /// <summary>What <see cref="ExplanationMethod.Kernel"/> and <see cref="ExplanationMethod.Permutation"/> explain; the other methods always explain the raw score.</summary>
    public ExplainedOutput Output { get; init; } = ExplainedOutput.Prediction;

    /// <summary>The rows that others are compared with by every method but <see cref="ExplanationMethod.Path"/>; null takes the explained rows themselves.</summary>
    public Frame? Background { get; init; }

    /// <summary>So many of the background rows are taken by chance when there are more.</summary>
    public int MostBackgroundRows { get; init; } = 100;

    /// <summary>
    /// How many rows the model is asked for one explained row by the methods that sample: four times as many halve the standard errors and take four times as long. Every sample draws its own
    /// background row, so that a large background costs nothing. Where <c>(2^columns - 2) * background rows</c> is no more, the result is exact. At least four per column are asked.
    /// </summary>
    public int Evaluations { get; init; } = 1000;

    /// <summary>Columns that the methods that sample explain as one, because they say the same thing; null for each column alone.</summary>
    public IReadOnlyList<ColumnGroup>? Groups { get; init; }

    /// <summary>Whether the method is for every kind of model and leaves something to chance.</summary>
    internal bool Samples => Method is ExplanationMethod.Kernel or ExplanationMethod.Permutation;

    /// <summary>Threads, seed of the choice of background rows and of samples, cancellation, progress.</summary>
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
