using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Says how much each row of a table stands alone.</summary>
public interface IOutlierScorer
{
    /// <summary>One number a row, the larger the more alone.</summary>
    double[] Scores(TrainingTable table, int trees, FitContext context);
}

/// <summary>
/// Leaves out the training rows that random cuts set apart soonest (isolation forest; Liu, Ting and Zhou 2008), all columns but text together. Rows to
/// predict are never left out.
/// </summary>
public sealed record IsolateOutliers : IStep
{
    public string Name => "isolate_outliers";

    [Hyperparameter("The share of training rows that is left out.", Min = 0, Max = 0.5)]
    public double Share { get; init; } = 0.01;

    [Hyperparameter("How many trees of random cuts.", Min = 1, Max = 10_000)]
    public int Trees { get; init; } = 200;

    /// <summary>The isolation forest, which stands above this room; the catalog gives it.</summary>
    public IOutlierScorer? Scorer { get; init; }

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        return KeepRule.Step(Name, table.Features.Names);
    }

    public (IFittedStep Fitted, TrainingTable Prepared) FitTransform(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        IOutlierScorer scorer = Scorer ?? throw new InvalidOperationException($"Step '{Name}' has no scorer; take it from the catalog's preparation steps.");
        int drop = (int)(Share * table.RowCount);
        var features = new Frame(table.Features.Columns.Where(column => column.HasNumbers));
        if (drop == 0 || features.ColumnCount == 0)
        {
            return (Fit(table, context), table);
        }

        double[] scores = scorer.Scores(table.WithFeatures(features), Trees, context with { Progress = null, Watched = null, Validation = null, Checkpoints = null });
        var kept = new bool[table.RowCount];
        foreach (int row in Enumerable.Range(0, table.RowCount).OrderBy(row => scores[row]).Take(table.RowCount - drop))
        {
            kept[row] = true;
        }

        (TrainingTable left, IReadOnlyList<string> notes) = RowsKept.Of(Name, table, kept);
        return (KeepRule.Step(Name, table.Features.Names, notes), left);
    }
}
