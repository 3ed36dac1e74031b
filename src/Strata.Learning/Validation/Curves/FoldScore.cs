using Strata.Learning.Metrics;

namespace Strata.Learning.Validation.Curves;

/// <summary>One fit measured on its own rows and on others.</summary>
internal static class FoldScore
{
    public static (double Training, double Test) Of(IRecipe recipe, TrainingTable table, int[] train, int[] test, Metric metric, FitContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        TrainingTable learned = table.Take([.. train.Order()]), tested = table.Take(test);
        IModel model = recipe.Fit(learned, context with { Watched = null, Validation = null, Checkpoints = null, Progress = null });
        return (Score(learned), Score(tested));

        double Score(TrainingTable rows) => metric.Of(model.Predict(rows.Features, context), rows.Target, rows.Weights, rows.Groups);
    }
}
