using Strata.Learning.Trees.Forests;

namespace Strata.Learning.Trees;

/// <summary>
/// AdaBoost: shallow trees one after the other, each grown with more weight on the rows that those before it got wrong. For classes SAMME (Freund and Schapire 1997;
/// Zhu et al. 2009), whose votes add up; for numbers R2 (Drucker 1997), whose answer is the weighted median of the trees.
/// </summary>
public sealed record AdaBoost : IRecipe
{
    public string Algorithm => AdaBoostModel.OwnAlgorithm;

    [Hyperparameter("Most trees; it stops when one is perfect or no better than guessing.", Min = 1, Max = 10_000, SearchMin = 20, SearchMax = 500, LogScale = true)]
    public int Trees { get; init; } = 50;

    [Hyperparameter("What each tree's say is multiplied by; smaller needs more trees.", Min = 1e-6, Max = 10, SearchMin = 0.05, SearchMax = 2, LogScale = true)]
    public double LearningRate { get; init; } = 1;

    [Hyperparameter("Most splits between a tree's root and a leaf.", Min = 1, Max = 100, SearchMin = 1, SearchMax = 6)]
    public int MaxDepth { get; init; } = 3;

    [Hyperparameter("Most bins that a column's values are put into, missing values not counted.", Min = 2, Max = 255, Advanced = true)]
    public int MaxBins { get; init; } = 255;

    /// <inheritdoc/>
    public IModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        return new AdaBoostFit(this, table, context).Run();
    }
}
