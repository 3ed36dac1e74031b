using Strata.Learning.Trees.Forests;

namespace Strata.Learning.Trees;

/// <summary>
/// Extremely randomized trees (Geurts, Ernst and Wehenkel 2006): a forest whose trees see all rows and try each column at one threshold drawn by chance. Quicker to grow
/// than a random forest, with smoother answers.
/// </summary>
/// <remarks>
/// A threshold is drawn evenly between the node's least and greatest number, on the grid of bins; levels go left or right by a coin each; missing values go to the
/// side where they fit better.
/// </remarks>
public sealed record ExtraTrees : ForestRecipe, IRecipe<ExtraTreesModel>
{
    public string Algorithm => "extra_trees";

    [Hyperparameter("Share of the columns tried at each split; empty for the square root of their number for classes and all of them for numbers.", Min = 1e-6, Max = 1, SearchMin = 0.1, SearchMax = 1)]
    public double? MaxFeatures { get; init; }

    [Hyperparameter("Whether each tree sees rows drawn with replacement, rather than all.")]
    public bool Bootstrap { get; init; }

    [Hyperparameter("How many rows each tree draws, as a share of all; only when rows are drawn.", Min = 1e-6, Max = 1, SearchMin = 0.3, SearchMax = 1, Advanced = true)]
    public double RowFraction { get; init; } = 1;

    /// <inheritdoc/>
    public ExtraTreesModel Fit(TrainingTable table, FitContext context)
    {
        ForestResult grown = Grow(
            table,
            context,
            RowDraw.OrAll(Bootstrap, RowFraction),
            columns => ColumnsPerSplit(MaxFeatures ?? (table.Target.Task.IsClassification() ? null : 1), table.Target.Task, columns),
            randomThresholds: true);
        return new ExtraTreesModel(ModelSignature.Of(table), grown.Trees, grown.OutOfBag);
    }
}
