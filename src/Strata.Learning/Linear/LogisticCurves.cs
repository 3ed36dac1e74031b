using Strata.Learning.Data;

namespace Strata.Learning.Linear;

/// <summary>Reports the log loss of training and watched rows after each step of the solver.</summary>
internal sealed class LogisticCurves
{
    private readonly LogisticObjective objective;
    private readonly FitContext context;
    private readonly int stepCount;
    private readonly LogisticObjective? watched;

    public LogisticCurves(LogisticObjective objective, Schema features, FitContext context, int stepCount)
    {
        (this.objective, this.context, this.stepCount) = (objective, context, stepCount);
        if (context.Progress is not null && context.Watched is { RowCount: > 0, Target: ClassTarget seen } rows)
        {
            DesignMatrix matrix = DesignMatrix.Of(features.Conform(rows.Features), context.ParallelOptions);
            watched = objective.OnOtherRows(matrix, seen.Codes, rows.Weights);
        }
    }

    /// <summary>The last evaluated point of the objective is the one that is reported.</summary>
    public void Report(int step, double[] at)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        if (context.Progress is null)
        {
            return;
        }

        var metrics = new Dictionary<string, double> { ["train_log_loss"] = objective.LogLoss };
        if (watched is not null)
        {
            watched.Evaluate(at, new double[watched.Size]);
            metrics["watched_log_loss"] = watched.LogLoss;
        }

        context.Progress.Report(new FitProgress(step, stepCount, metrics));
    }
}
