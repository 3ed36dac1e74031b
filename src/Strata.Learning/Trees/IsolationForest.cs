using Strata.Learning.Trees.Forests;

namespace Strata.Learning.Trees;

/// <summary>
/// Isolation forest (Liu, Ting and Zhou 2008): trees cut small samples of the rows at random columns and places; rows that few cuts set apart from all others are outliers.
/// It learns without a target.
/// </summary>
/// <remarks>
/// The score is <c>2^(-mean path length / c(n))</c> with <c>c(n)</c> the mean path length among n rows: near 1 for outliers, about 0.5 and less for the others. A quarter
/// of the cuts of a column with missing values set these apart, so that a rare gap is unlike the others; at the other cuts they go to a random side, and to that of the fewer rows where the tree has seen none. Levels are divided at random.
/// </remarks>
public sealed record IsolationForest : IRecipe<IsolationForestModel>
{
    public string Algorithm => "isolation_forest";

    [Hyperparameter("Number of trees; more is steadier and slower.", Min = 1, Max = 100_000, SearchMin = 50, SearchMax = 500, LogScale = true)]
    public int Trees { get; init; } = 100;

    [Hyperparameter("How many rows each tree draws; small samples keep outliers apart from one another and from the crowd.", Min = 2, Max = 1_000_000, SearchMin = 64, SearchMax = 1024, LogScale = true)]
    public int RowsPerTree { get; init; } = 256;

    [Hyperparameter("Share of the columns that each tree may cut, drawn anew for each.", Min = 1e-6, Max = 1, SearchMin = 0.3, SearchMax = 1, Advanced = true)]
    public double ColumnFraction { get; init; } = 1;

    [Hyperparameter("Share of the training rows that are outliers, from which the threshold follows; empty for the threshold 0.5.", Min = 0, Max = 0.5)]
    public double? Contamination { get; init; }

    /// <inheritdoc/>
    public IsolationForestModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        return new IsolationFit(this, table, context).Run();
    }
}
