using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Validation;

/// <summary>A pipeline fitted once a fold, with what each model predicts for the rows it had not seen.</summary>
internal sealed class FoldedFits
{
    private FoldedFits(TrainingTable table, IReadOnlyList<RowSplit> folds, PipelineModel[] models, Predictions[] predictionsOf)
    {
        (Models, PredictionsOf) = (models, predictionsOf);
        TargetOf = [.. folds.Select(fold => table.Target.Take(fold.Test))];
        var together = new OutOfFoldPredictions(table);
        foreach ((int i, RowSplit fold) in folds.Index())
        {
            together.Set(fold.Test, predictionsOf[i]);
        }

        (int[] rows, Predictions) = together.Collect();
        Tested = table.Take(rows);
    }

    public IReadOnlyList<PipelineModel> Models { get; }

    /// <summary>For each fold, its test rows.</summary>
    public IReadOnlyList<Predictions> PredictionsOf { get; }

    public IReadOnlyList<Target> TargetOf { get; }

    /// <summary>All tested rows, in the table's order.</summary>
    public TrainingTable Tested { get; }

    /// <summary>One for each of <see cref="Tested"/>.</summary>
    public Predictions Predictions { get; }

    /// <param name="pipeline">What to fit.</param>
    /// <param name="table">The rows; their structure is obeyed.</param>
    /// <param name="foldCount">At least 2.</param>
    /// <param name="context">Seed, threads, cancellation, progress.</param>
    /// <param name="stepsPerFit">How many steps of progress a fold has, of one more fit than there are folds.</param>
    public static FoldedFits Of(Pipeline pipeline, TrainingTable table, int foldCount, FitContext context, int stepsPerFit)
    {
        IReadOnlyList<RowSplit> folds = RowSplits.Folds(table, foldCount, context.Seed).Folds;
        var models = new PipelineModel[folds.Count];
        var predictions = new Predictions[folds.Count];
        foreach ((int i, RowSplit fold) in folds.Index())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            FitContext own = context with
            {
                Watched = null,
                Validation = null,
                Checkpoints = null,
                Progress = context.Progress is null ? null : new PartOfProgress(context.Progress, i * stepsPerFit, stepsPerFit, (folds.Count + 1) * stepsPerFit),
            };
            models[i] = pipeline.Fit(table.Take(fold.Train), own);
            predictions[i] = models[i].Predict(table.Features.Take(fold.Test), context);
        }

        return new FoldedFits(table, folds, models, predictions);
    }
}
