using Strata.Learning.Trees.Boosting;
using Strata.Learning.Trees.Growth;

namespace Strata.Learning.Trees;

/// <summary>
/// Gradient boosting of histogram trees (Friedman 2001; Chen and Guestrin 2016; Ke et al. 2017): each tree lowers the loss that those before it left. Missing
/// values and categories are learned from as they are.
/// </summary>
public sealed record GradientBoosting : IRecipe<GradientBoostingModel>
{
    public string Algorithm => GradientBoostingModel.OwnAlgorithm;

    [Hyperparameter("What the trees lower; automatic takes log loss for two classes, softmax for more and squared error for numbers.")]
    public BoostingObjective Objective { get; init; }

    [Hyperparameter("Number of boosting rounds: trees, or trees per class for three or more classes.", Min = 1, Max = 100_000, SearchMin = 50, SearchMax = 1000, LogScale = true)]
    public int Trees { get; init; } = 200;

    [Hyperparameter("What each tree's values are multiplied by; smaller needs more trees.", Min = 1e-6, Max = 1, SearchMin = 0.01, SearchMax = 0.3, LogScale = true)]
    public double LearningRate { get; init; } = 0.05;

    [Hyperparameter("Most leaves of a tree.", Min = 2, Max = 65_536, SearchMin = 7, SearchMax = 255, LogScale = true)]
    public int MaxLeaves { get; init; } = 31;

    [Hyperparameter("Most splits between a tree's root and a leaf; 0 for no limit.", Min = 0, Max = 10_000)]
    public int MaxDepth { get; init; }

    [Hyperparameter("Fewest rows in a leaf, a row of weight two counting as two; estimated from the hessian, as LightGBM does.", Min = 0, Max = 1e9, SearchMin = 1, SearchMax = 100, LogScale = true)]
    public double MinRowsPerLeaf { get; init; } = 20;

    [Hyperparameter("Least sum of second derivatives in a leaf.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 10, LogScale = true, Advanced = true)]
    public double MinChildHessian { get; init; } = 1e-3;

    [Hyperparameter("Penalty on the square of leaf values.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 100, LogScale = true)]
    public double L2 { get; init; }

    [Hyperparameter("Penalty on the size of leaf values; draws small ones to zero.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 100, LogScale = true, Advanced = true)]
    public double L1 { get; init; }

    [Hyperparameter("How much a split must lower the loss.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 10, LogScale = true, Advanced = true)]
    public double MinGain { get; init; }

    [Hyperparameter("Most bins that a column's values are put into, missing values not counted.", Min = 2, Max = 255, Advanced = true)]
    public int MaxBins { get; init; } = 255;

    [Hyperparameter("Share of the rows that each round learns from, drawn anew each time.", Min = 1e-3, Max = 1, SearchMin = 0.5, SearchMax = 1)]
    public double RowFraction { get; init; } = 1;

    [Hyperparameter("Share of the columns that each tree may split on, drawn anew each time.", Min = 1e-3, Max = 1, SearchMin = 0.3, SearchMax = 1)]
    public double ColumnFraction { get; init; } = 1;

    [Hyperparameter("Stop when the metric on the validation part has not improved for this many rounds, and keep the best; 0 to run all rounds.", Min = 0, Max = 100_000)]
    public int EarlyStoppingRounds { get; init; }

    [Hyperparameter("Share of the rows kept aside to stop early by; groups stay whole and later times come last.", Min = 1e-3, Max = 0.9, Advanced = true)]
    public double ValidationFraction { get; init; } = 0.1;

    /// <inheritdoc/>
    public GradientBoostingModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        using var fit = new BoostingFit(this, table, context, start: null);
        return fit.Run();
    }

    /// <summary>
    /// Goes on boosting from a fitted model on new rows: its trees stay, their scores are where the new trees begin. The rows are brought to the model's columns
    /// and levels; levels it does not know count as missing.
    /// </summary>
    /// <exception cref="Data.DataException">Columns are missing, the task differs, or a class is not one of the model's.</exception>
    public GradientBoostingModel ContinueFit(GradientBoostingModel start, TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        using var fit = new BoostingFit(this, table, context, start);
        return fit.Run();
    }

    internal GrowthLimits Limits => new()
    {
        MaxLeaves = MaxLeaves,
        MaxDepth = MaxDepth == 0 ? int.MaxValue : MaxDepth,
        MinRowsPerLeaf = MinRowsPerLeaf,
        MinChildHessian = MinChildHessian,
        L1 = L1,
        L2 = L2,
        MinGain = MinGain,
        LearningRate = LearningRate,
    };
}
