using Strata.Learning.Data;

namespace Strata.Learning.Validation;

/// <summary>
/// Fits the candidate that is best by cross-validation within the rows it is given. Cross-validating this recipe is nested cross-validation: the choice is made anew in each
/// outer fold, and never sees its test rows.
/// </summary>
/// <param name="Candidates">At least one.</param>
/// <param name="Metric">By which they are compared; null for the task's default.</param>
/// <param name="Folds">Inner folds, at least 2.</param>
public sealed record BestOf(IReadOnlyList<IRecipe> Candidates, string? Metric = null, int Folds = 5) : IRecipe
{
    public string Algorithm => "best_of";

    public IModel Fit(TrainingTable table, FitContext context) => Choose(table, context).Fit(table, context);

    /// <summary>The candidate with the best mean over the folds; of equals the first.</summary>
    /// <exception cref="DataException">There are no candidates, or the metric is undefined for all.</exception>
    public IRecipe Choose(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        Metrics.Metric metric = Metric is null ? Metrics.Metric.DefaultFor(table.Target.Task) : Metrics.Metric.Named(Metric, table.Target.Task);
        FitContext quiet = context with { Progress = null, Checkpoints = null, Watched = null, Validation = null };
        (IRecipe Recipe, double Mean)[] scored =
        [
            .. Candidates.Select(candidate => (candidate, CrossValidation.Run(candidate, table, Folds, quiet, [metric]).Metrics.TryGetValue(metric.Name, out MetricSummary? summary) ? summary.Mean : double.NaN))
                .Where(candidate => double.IsFinite(candidate.Item2)),
        ];
        return scored.Length == 0
            ? throw new DataException($"None of {Candidates.Count} candidates has a '{metric.Name}' on {table.RowCount} rows.")
            : (metric.HigherIsBetter ? scored.MaxBy(candidate => candidate.Mean) : scored.MinBy(candidate => candidate.Mean)).Recipe;
    }
}
