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

    /// <inheritdoc/>
    public bool? LearnsNumbers => Objective == BoostingObjective.Automatic ? null : Objective.Serves(LearningTask.Regression);

    [Hyperparameter("What the trees lower; automatic takes log loss for two classes, softmax for more and squared error for numbers.")]
    public BoostingObjective Objective { get; init; }

    [Hyperparameter("Where Huber's loss turns from squared to absolute, in the target's unit.", Min = 1e-9, Max = 1e9, Advanced = true)]
    public double HuberDelta { get; init; } = 1;

    [Hyperparameter("The quantile that objective quantile predicts: the share of targets below the prediction.", Min = 1e-4, Max = 0.9999, Advanced = true)]
    public double Quantile { get; init; } = 0.5;

    [Hyperparameter("The power of the mean with which the variance of objective tweedie grows; 1 would be Poisson, 2 gamma.", Min = 1.001, Max = 1.999, Advanced = true)]
    public double TweediePower { get; init; } = 1.5;

    [Hyperparameter("How many first places of a query count when rows are ranked.", Min = 1, Max = 100_000, Advanced = true)]
    public int RankTruncation { get; init; } = 30;

    [Hyperparameter("The raw score before any tree, such as log-odds or the logarithm of a mean; empty for the best constant.", Min = -1e9, Max = 1e9, Advanced = true)]
    public double? BaseScore { get; init; }

    [Hyperparameter("What classes count for: as they are, all the same together (balanced), or all as the heaviest one (lifted).")]
    public ClassBalance ClassWeights { get; init; }

    [Hyperparameter("What rows of the positive one of two classes are weighted by besides.", Min = 1e-6, Max = 1e6, Advanced = true)]
    public double ScalePositive { get; init; } = 1;

    [Hyperparameter("Number of boosting rounds: trees, or trees per class for three or more classes.", Min = 1, Max = 100_000, SearchMin = 50, SearchMax = 1000, LogScale = true)]
    public int Trees { get; init; } = 200;

    [Hyperparameter("What each tree's values are multiplied by; smaller needs more trees.", Min = 1e-6, Max = 1, SearchMin = 0.01, SearchMax = 0.3, LogScale = true)]
    public double LearningRate { get; init; } = 0.05;

    [Hyperparameter("Which leaf is split next: the one that gains most, or level by level the shallowest.")]
    public GrowthPolicy Growth { get; init; }

    [Hyperparameter("Most leaves of a tree; 0 for no limit.", Min = 0, Max = 65_536, SearchMin = 7, SearchMax = 255, LogScale = true)]
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

    [Hyperparameter("Least gain of a split, in units of gradient^2 / hessian: twice the loss saved, as LightGBM and XGBoost count it.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 10, LogScale = true, Advanced = true)]
    public double MinGain { get; init; }

    [Hyperparameter("Largest size of a leaf's value before the learning rate; 0 for no limit.", Min = 0, Max = 1e9, Advanced = true)]
    public double MaxDeltaStep { get; init; }

    [Hyperparameter("Draws leaf values to their parents': with this many rows a leaf's value is half its own; 0 for not at all.", Min = 0, Max = 1e9, SearchMin = 0.1, SearchMax = 100, LogScale = true, Advanced = true)]
    public double PathSmoothing { get; init; }

    [Hyperparameter("Most bins that a column's values are put into, missing values not counted.", Min = 2, Max = 255, Advanced = true)]
    public int MaxBins { get; init; } = 255;

    [Hyperparameter("Share of the rows that each round learns from, drawn anew each time.", Min = 1e-3, Max = 1, SearchMin = 0.5, SearchMax = 1)]
    public double RowFraction { get; init; } = 1;

    [Hyperparameter("For how many rounds the drawn rows stay the same.", Min = 1, Max = 100_000, Advanced = true)]
    public int RowSamplingEvery { get; init; } = 1;

    [Hyperparameter("Learn each round from the rows of large gradients and a share of the rest (GOSS), once 1 / learning_rate rounds have passed.", Advanced = true)]
    public bool GradientSampling { get; init; }

    [Hyperparameter("Share of the rows, those of largest gradients, that gradient sampling always keeps.", Min = 1e-3, Max = 1, Advanced = true)]
    public double TopRate { get; init; } = 0.2;

    [Hyperparameter("Share of the rows that gradient sampling draws from the rest; they count for all of it.", Min = 1e-3, Max = 1, Advanced = true)]
    public double OtherRate { get; init; } = 0.1;

    [Hyperparameter("Chance of each earlier round to be left out while a new one is learned (DART); 0 for plain boosting.", Min = 0, Max = 1, Advanced = true)]
    public double DropRate { get; init; }

    [Hyperparameter("Most earlier rounds that are left out at once; 0 for no limit.", Min = 0, Max = 100_000, Advanced = true)]
    public int MaxDrop { get; init; } = 50;

    [Hyperparameter("Chance that a round leaves none out.", Min = 0, Max = 1, Advanced = true)]
    public double SkipDrop { get; init; } = 0.5;

    [Hyperparameter("Whether all earlier rounds are left out equally often; else those that count for more go more often.", Advanced = true)]
    public bool UniformDrop { get; init; }

    [Hyperparameter("How a new round and those it learned without share their place: equally, or by the learning rate.", Advanced = true)]
    public DropNormalization DropNormalization { get; init; }

    [Hyperparameter("Share of the columns that each tree may split on, drawn anew each time.", Min = 1e-3, Max = 1, SearchMin = 0.3, SearchMax = 1)]
    public double ColumnFraction { get; init; } = 1;

    [Hyperparameter("Share of the tree's columns that each depth may split on.", Min = 1e-3, Max = 1, Advanced = true)]
    public double ColumnFractionPerLevel { get; init; } = 1;

    [Hyperparameter("Share of the depth's columns that each node may split on.", Min = 1e-3, Max = 1, Advanced = true)]
    public double ColumnFractionPerNode { get; init; } = 1;

    [Hyperparameter("Columns with which the score may only rise (+1) or fall (-1), such as age:+1,income:-1; or a direction for every column in order.", Advanced = true)]
    public string Monotone { get; init; } = string.Empty;

    [Hyperparameter("Groups of columns that may meet on one path of a tree, such as [age,income],[city,street]; a column in no group meets none. Empty for all.", Advanced = true)]
    public string InteractionGroups { get; init; } = string.Empty;

    [Hyperparameter("Categories of up to so many levels are divided one level against the rest.", Min = 0, Max = 255, Advanced = true)]
    public int MaxOneAgainstRest { get; init; } = 4;

    [Hyperparameter("Added to a level's hessian when levels are put in order; levels with fewer rows are not moved.", Min = 0, Max = 1e9, SearchMin = 1, SearchMax = 100, LogScale = true, Advanced = true)]
    public double CategorySmoothing { get; init; } = 10;

    [Hyperparameter("Added to the penalty on the square of leaf values when several levels go to one side.", Min = 0, Max = 1e9, SearchMin = 0.1, SearchMax = 100, LogScale = true, Advanced = true)]
    public double CategoryL2 { get; init; } = 10;

    [Hyperparameter("Most levels on the smaller side of a split.", Min = 1, Max = 255, Advanced = true)]
    public int MaxCategoriesPerSplit { get; init; } = 32;

    [Hyperparameter("Fewest rows between two places where ordered levels may be cut.", Min = 0, Max = 1e9, SearchMin = 1, SearchMax = 500, LogScale = true, Advanced = true)]
    public double MinRowsPerCategory { get; init; } = 100;

    [Hyperparameter("Categories with a smaller sum of second derivatives are not ordered by their own gradients, which say too little.", Min = 0, Max = 1e9, Advanced = true)]
    public double MinCategoryHessian { get; init; }

    [Hyperparameter("Stop when the metric on the validation part has not improved for this many rounds, and keep the best; 0 to run all rounds.", Min = 0, Max = 100_000)]
    public int EarlyStoppingRounds { get; init; }

    [Hyperparameter("The metric to stop early by, such as roc_auc or mae; empty for the loss's own.", Advanced = true)]
    public string EarlyStoppingMetric { get; init; } = string.Empty;

    [Hyperparameter("By how much the metric must improve to count.", Min = 0, Max = 1e9, Advanced = true)]
    public double MinImprovement { get; init; }

    [Hyperparameter("Share of the rows kept aside to stop early by; groups stay whole and later times come last.", Min = 1e-3, Max = 0.9, Advanced = true)]
    public double ValidationFraction { get; init; } = 0.1;

    /// <inheritdoc/>
    public GradientBoostingModel Fit(TrainingTable table, FitContext context)
    {
        return Fit(table, context, Algorithm);
    }

    /// <summary>Fits for a recipe of another name that translates to this one.</summary>
    internal GradientBoostingModel Fit(TrainingTable table, FitContext context, string algorithm)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        using var fit = new BoostingFit(this, algorithm, table, context, start: null);
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
        using var fit = new BoostingFit(this, Algorithm, table, context, start);
        return fit.Run();
    }

    /// <summary>The factor in softmax's second derivatives; null for the number of classes over one less.</summary>
    internal double? SoftmaxHessian { get; init; }

    internal GrowthLimits Limits => new()
    {
        Policy = Growth,
        MaxLeaves = MaxLeaves == 0 ? int.MaxValue : MaxLeaves,
        MaxDepth = MaxDepth == 0 ? int.MaxValue : MaxDepth,
        MinRowsPerLeaf = MinRowsPerLeaf,
        MinChildHessian = MinChildHessian,
        L1 = L1,
        L2 = L2,
        MinGain = MinGain,
        MaxDeltaStep = MaxDeltaStep,
        PathSmoothing = PathSmoothing,
        ColumnFraction = ColumnFraction,
        ColumnFractionPerLevel = ColumnFractionPerLevel,
        ColumnFractionPerNode = ColumnFractionPerNode,
        LearningRate = LearningRate,
        Categories = new CategoryLimits
        {
            OneAgainstRest = MaxOneAgainstRest,
            Smoothing = CategorySmoothing,
            L2 = CategoryL2,
            MostLevels = MaxCategoriesPerSplit,
            MinRowsPerGroup = MinRowsPerCategory,
            MinHessian = MinCategoryHessian,
        },
    };
}
