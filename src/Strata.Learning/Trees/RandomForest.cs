using Strata.Learning.Trees.Forests;

namespace Strata.Learning.Trees;

/// <summary>
/// Random forest (Breiman 2001): many deep trees, each grown on rows drawn with replacement and trying a few random columns at every split; the prediction is the
/// mean of the trees' probabilities or numbers.
/// </summary>
public sealed record RandomForest : IRecipe<RandomForestModel>
{
    public string Algorithm => "random_forest";

    [Hyperparameter("Number of trees; more is steadier, never worse, and slower.", Min = 1, Max = 100_000, SearchMin = 50, SearchMax = 1000, LogScale = true)]
    public int Trees { get; init; } = 200;

    [Hyperparameter("Most splits between a tree's root and a leaf; 0 for no limit.", Min = 0, Max = 10_000)]
    public int MaxDepth { get; init; }

    [Hyperparameter("Fewest rows in a leaf, a row drawn or weighing twice counting as two.", Min = 1, Max = 1e9, SearchMin = 1, SearchMax = 20, LogScale = true)]
    public double MinRowsPerLeaf { get; init; } = 1;

    [Hyperparameter("Share of the columns tried at each split; empty for the square root of their number for classes and a third of them for numbers.", Min = 1e-6, Max = 1, SearchMin = 0.1, SearchMax = 1)]
    public double? MaxFeatures { get; init; }

    [Hyperparameter("Whether each tree sees rows drawn with replacement, rather than all.")]
    public bool Bootstrap { get; init; } = true;

    [Hyperparameter("Least drop of impurity that a split must bring, weighted by the share of rows it concerns.", Min = 0, Max = 1e9, Advanced = true)]
    public double MinGain { get; init; }

    [Hyperparameter("Most bins that a column's values are put into, missing values not counted.", Min = 2, Max = 255, Advanced = true)]
    public int MaxBins { get; init; } = 255;

    /// <inheritdoc/>
    public RandomForestModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        bool isClassification = table.Target.Task.IsClassification();
        ForestLimits Limits(int columns) => new()
        {
            MaxDepth = MaxDepth == 0 ? int.MaxValue : MaxDepth,
            MinRowsPerLeaf = MinRowsPerLeaf,
            MinGain = MinGain,
            ColumnsPerSplit = Math.Max(1, (int)(MaxFeatures is double share ? share * columns : isClassification ? Math.Sqrt(columns) : columns / 3.0)),
        };
        return new RandomForestModel(ModelSignature.Of(table), new ForestFit(table, context).Run(Trees, Bootstrap, MaxBins, Limits));
    }
}
