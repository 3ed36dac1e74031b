using Strata.Learning.Trees.Forests;

namespace Strata.Learning.Trees;

/// <summary>A single tree of yes-or-no questions (Breiman et al. 1984), each chosen to divide the rows into the purest two parts: easy to read, less accurate than many trees.</summary>
public sealed record DecisionTree : IRecipe<DecisionTreeModel>
{
    public string Algorithm => "decision_tree";

    [Hyperparameter("Most splits between the root and a leaf; 0 for no limit.", Min = 0, Max = 10_000, SearchMin = 2, SearchMax = 20)]
    public int MaxDepth { get; init; } = 8;

    [Hyperparameter("Fewest rows in a leaf, a row of weight two counting as two.", Min = 1, Max = 1e9, SearchMin = 1, SearchMax = 100, LogScale = true)]
    public double MinRowsPerLeaf { get; init; } = 10;

    [Hyperparameter("Fewest rows that are divided further, a row of weight two counting as two.", Min = 2, Max = 1e9, SearchMin = 2, SearchMax = 200, LogScale = true, Advanced = true)]
    public double MinRowsPerSplit { get; init; } = 2;

    [Hyperparameter("What makes the sides of a split pure where classes are predicted; for numbers it is the squared error.")]
    public ImpurityCriterion Criterion { get; init; }

    [Hyperparameter("How much the rows of each class count: all the same, or each class as much as any other.")]
    public ForestClassWeights ClassWeights { get; init; }

    [Hyperparameter("Least drop of impurity that a split must bring, weighted by the share of rows it concerns.", Min = 0, Max = 1e9, Advanced = true)]
    public double MinGain { get; init; }

    [Hyperparameter("Rows of the whole table's class shares that are mixed into each leaf, so that no class is ruled out on few rows; not used for numbers.", Min = 0, Max = 1e9, SearchMin = 0.1, SearchMax = 10, LogScale = true)]
    public double LeafSmoothing { get; init; } = 1;

    [Hyperparameter("Most bins that a column's values are put into, missing values not counted.", Min = 2, Max = 255, Advanced = true)]
    public int MaxBins { get; init; } = 255;

    /// <inheritdoc/>
    public DecisionTreeModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var limits = new ForestLimits
        {
            MaxDepth = MaxDepth == 0 ? int.MaxValue : MaxDepth,
            MinRowsPerLeaf = MinRowsPerLeaf,
            MinRowsPerSplit = MinRowsPerSplit,
            MinGain = MinGain,
            Criterion = Criterion,
            LeafSmoothing = table.Target.Task.IsClassification() ? LeafSmoothing : 0,
        };
        var plan = new ForestPlan { Trees = 1, MaxBins = MaxBins, ClassWeights = ClassWeights, Limits = _ => limits };
        return new DecisionTreeModel(ModelSignature.Of(table), new ForestFit(table, context, plan).Run().Trees);
    }
}
