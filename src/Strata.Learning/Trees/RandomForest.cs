using Strata.Learning.Trees.Forests;

namespace Strata.Learning.Trees;

/// <summary>
/// Random forest (Breiman 2001): many deep trees, each grown on rows drawn with replacement and trying a few random columns at every split; the prediction is the
/// mean of the trees' probabilities or numbers.
/// </summary>
public sealed record RandomForest : ForestRecipe, IRecipe<RandomForestModel>
{
    public string Algorithm => "random_forest";

    [Hyperparameter("Share of the columns tried at each split; empty for the square root of their number for classes and a third of them for numbers.", Min = 1e-6, Max = 1, SearchMin = 0.1, SearchMax = 1)]
    public double? MaxFeatures { get; init; }

    [Hyperparameter("Whether each tree sees rows drawn with replacement, rather than all.")]
    public bool Bootstrap { get; init; } = true;

    [Hyperparameter("How many rows each tree draws, as a share of all.", Min = 1e-6, Max = 1, SearchMin = 0.3, SearchMax = 1, Advanced = true)]
    public double RowFraction { get; init; } = 1;

    /// <inheritdoc/>
    public RandomForestModel Fit(TrainingTable table, FitContext context)
    {
        ForestResult grown = Grow(table, context, RowDraw.OrAll(Bootstrap, RowFraction), columns => ColumnsPerSplit(MaxFeatures, table.Target.Task, columns));
        return new RandomForestModel(ModelSignature.Of(table), grown.Trees, grown.OutOfBag);
    }
}
