using Strata.Learning.Trees.Forests;

namespace Strata.Learning.Trees;

/// <summary>Bagging (Breiman 1996): the mean of trees that each see a part of the rows drawn by chance, and look for the best of all columns at every split.</summary>
public sealed record Bagging : ForestRecipe, IRecipe<BaggingModel>
{
    public string Algorithm => "bagging";

    [Hyperparameter("How many rows each tree draws, as a share of all.", Min = 1e-6, Max = 1, SearchMin = 0.3, SearchMax = 1)]
    public double RowFraction { get; init; } = 1;

    [Hyperparameter("Whether a row can be drawn several times for a tree; without it a share of less than 1 makes the trees differ.")]
    public bool Replacement { get; init; } = true;

    /// <inheritdoc/>
    public BaggingModel Fit(TrainingTable table, FitContext context)
    {
        ForestResult grown = Grow(table, context, new RowDraw(RowFraction, Replacement), columns => columns);
        return new BaggingModel(ModelSignature.Of(table), grown.Trees, grown.OutOfBag);
    }
}
