using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Preparation;

namespace Strata.Learning.Workflow;

/// <summary>What an automatic training gave: its outcome as any training's, and the leaderboard with scores on the test rows.</summary>
/// <param name="Training">The ensemble and its test.</param>
/// <param name="Leaderboard">With test scores of every candidate that was kept.</param>
public sealed record AutomlOutcome(TrainingOutcome Training, Leaderboard Leaderboard)
{
    /// <summary>The automatic model behind the preparation.</summary>
    public AutomlModel Model => AutomlModel.Of(Training.Model)!;

    /// <exception cref="DataException">The training was not an automatic one.</exception>
    public static AutomlOutcome Of(TrainingOutcome training, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        AutomlModel model = AutomlModel.Of(training.Model) ?? throw new DataException($"A '{training.Model.Algorithm}' model has no leaderboard; one of automl has.");
        if (training.LearnedFromTest)
        {
            return new AutomlOutcome(training, model.Leaderboard);
        }

        TrainingTable test = training.Test.Table;
        return new AutomlOutcome(training, model.TestLeaderboard(test.WithFeatures(Importance.PipelineOf(training.Model)?.Prepare(test.Features) ?? test.Features), context));
    }

    /// <summary>One row of the leaderboard as a model file of its own, with its own test in the card.</summary>
    /// <exception cref="DataException">There is no such row, or its model was not kept.</exception>
    public ModelFile Candidate(string name, FitContext context)
    {
        IModel candidate = Model.Candidate(name);
        Predictions? unseen = Training.LearnedFromTest ? UnseenBy(name) ?? throw NothingToTestOn("The candidate") : null;
        return FileOf(Importance.PipelineOf(Training.Model) is PipelineModel pipeline ? new PipelineModel(pipeline.Signature, pipeline.Steps, candidate) : candidate, $"This is '{name}' of an automatic training.", unseen, context);
    }

    /// <summary>One small boosting model that learned to answer as the ensemble does, with its own test in the card.</summary>
    /// <param name="rows">The rows that were learned from, or others like them; without the test rows.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    public ModelFile Distilled(Frame rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Training.LearnedFromTest
            ? throw NothingToTestOn("The small model")
            : FileOf(Distillation.Of(Training.Model, rows, context), "This small model learned to answer as an automatic model does.", unseen: null, context);
    }

    private Predictions? UnseenBy(string name) => name == Leaderboard.EnsembleName ? Model.Unseen?.Together : Model.Unseen?.Of.GetValueOrDefault(name);

    private static DataException NothingToTestOn(string what) => new($"{what} has no rows to be tested on: all were learned from. Hold some back (test_size) or give a table to test on.");

    private ModelFile FileOf(IModel model, string note, Predictions? unseen, FitContext context)
    {
        PlannedTable test = Training.Test;
        return (Training with { Model = model, Evaluation = test.Judge(unseen ?? model.Predict(test.Table.Features, context), model, Training.Plan.Metrics), Notes = [note, .. Training.Notes.Except(Training.Model.Notes), .. model.Notes] }).ToModelFile();
    }
}
