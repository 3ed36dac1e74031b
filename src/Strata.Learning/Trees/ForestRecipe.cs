using Strata.Learning.Trees.Forests;

namespace Strata.Learning.Trees;

/// <summary>What the recipes of averaged trees have in common.</summary>
public abstract record ForestRecipe
{
    private protected ForestRecipe()
    {
    }

    [Hyperparameter("Number of trees; more is steadier, never worse, and slower.", Min = 1, Max = 100_000, SearchMin = 50, SearchMax = 1000, LogScale = true)]
    public int Trees { get; init; } = 200;

    [Hyperparameter("Most splits between a tree's root and a leaf; 0 for no limit.", Min = 0, Max = 10_000)]
    public int MaxDepth { get; init; }

    [Hyperparameter("Fewest rows in a leaf, a row drawn or weighing twice counting as two.", Min = 1, Max = 1e9, SearchMin = 1, SearchMax = 20, LogScale = true)]
    public double MinRowsPerLeaf { get; init; } = 1;

    [Hyperparameter("Fewest rows that are divided further, a row drawn or weighing twice counting as two.", Min = 2, Max = 1e9, SearchMin = 2, SearchMax = 40, LogScale = true, Advanced = true)]
    public double MinRowsPerSplit { get; init; } = 2;

    [Hyperparameter("What makes the sides of a split pure where classes are predicted; for numbers it is the squared error.")]
    public ImpurityCriterion Criterion { get; init; }

    [Hyperparameter("How much the rows of each class count while trees are grown: all the same, or each class as much as any other in the table or in each tree's rows.")]
    public ForestClassWeights ClassWeights { get; init; }

    [Hyperparameter("Whether each row is also judged by the trees that did not see it, which tells how good the forest is without a test.")]
    public bool OutOfBag { get; init; } = true;

    [Hyperparameter("Least drop of impurity that a split must bring, weighted by the share of rows it concerns.", Min = 0, Max = 1e9, Advanced = true)]
    public double MinGain { get; init; }

    [Hyperparameter("Most bins that a column's values are put into, missing values not counted.", Min = 2, Max = 255, Advanced = true)]
    public int MaxBins { get; init; } = 255;

    /// <summary>The share of columns that a forest tries at each split when nobody says: of 1 all of them, their square root of classes, and a third of them of numbers.</summary>
    private protected static int ColumnsPerSplit(double? share, LearningTask task, int columns) =>
        Math.Max(1, (int)(share is double part ? part * columns : task.IsClassification() ? Math.Sqrt(columns) : columns / 3.0));

    private protected ForestResult Grow(TrainingTable table, FitContext context, RowDraw draw, Func<int, int> columnsPerSplit, bool randomThresholds = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var plan = new ForestPlan
        {
            Trees = Trees,
            Draw = draw,
            MaxBins = MaxBins,
            ClassWeights = ClassWeights,
            OutOfBag = OutOfBag,
            Limits = columns => new ForestLimits
            {
                MaxDepth = MaxDepth == 0 ? int.MaxValue : MaxDepth,
                MinRowsPerLeaf = MinRowsPerLeaf,
                MinRowsPerSplit = MinRowsPerSplit,
                MinGain = MinGain,
                Criterion = Criterion,
                ColumnsPerSplit = columnsPerSplit(columns),
                RandomThresholds = randomThresholds,
            },
        };
        return new ForestFit(table, context, plan).Run();
    }
}
