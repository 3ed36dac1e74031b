namespace Strata.Learning.Metrics;

/// <summary>The one report of a fit that has no steps worth watching: how good the finished model is on training and watched rows.</summary>
internal static class FinishedFit
{
    public static void Report(IModel model, TrainingTable table, FitContext context)
    {
        if (context.Progress is not null)
        {
            Metric metric = Metric.DefaultFor(table.Target.Task);
            var metrics = new Dictionary<string, double>();
            Add("train", table);
            Add("watched", context.Watched);
            context.Progress.Report(new FitProgress(0, 1, metrics));

            void Add(string which, TrainingTable? rows)
            {
                if (rows is { RowCount: > 0 } && rows.Target.Task.IsClassification() == table.Target.Task.IsClassification()
                    && metric.Of(model.Predict(rows.Features, context), rows.Target, rows.Weights) is double value && double.IsFinite(value))
                {
                    metrics[$"{which}_{metric.Name}"] = value;
                }
            }
        }

        context.Cancellation.ThrowIfCancellationRequested();
    }
}
