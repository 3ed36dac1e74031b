using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Preparation;

namespace Strata.Learning.Workflow;

/// <summary>Carries out a plan in the safe order: look at the target, split, prepare and fit on training rows only, judge on test rows only.</summary>
public static class Training
{
    /// <summary>Trains on a table and tests on rows held back from it, or on a table of its own.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="table">The rows to learn from.</param>
    /// <param name="context">Cancellation, progress and clock; its seed and threads give way to the plan's.</param>
    /// <param name="test">Rows to test on; null holds back <see cref="TrainingPlan.TestSize"/> of the table by its structure.</param>
    /// <param name="withImportance">Whether to measure what matters to the model on the test rows, by predicting them many times.</param>
    /// <exception cref="DataException">Plan and table do not fit; all problems at once.</exception>
    public static TrainingOutcome Run(TrainingPlan plan, Frame table, FitContext context, Frame? test = null, bool withImportance = true)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        context = context with { Seed = plan.Seed, Threads = plan.Threads ?? context.Threads };
        IRecipe learner = Algorithms.Named(plan.Algorithm).Recipe(plan.Hyperparameters);
        (plan, PlannedTable planned, TrainingTable training, PlannedTable held, string split) = Prepare(plan, learner, table, test);
        Pipeline pipeline = PipelineOf(plan, learner);
        long started = context.Clock.GetTimestamp();
        PipelineModel model = pipeline.Fit(training, context with { Watched = held.Table });
        TimeSpan fitTime = context.Clock.GetElapsedTime(started);

        Predictions predictions = model.Predict(held.Table.Features, context.Threads);
        return new TrainingOutcome
        {
            Plan = plan,
            Model = model,
            Importance = withImportance && held.Table.Target is not NoTarget ? Permutation(model, held.Table, context) : [],
            Interactions = withImportance ? InteractionStrength.Of(model, held.Table.Features, context with { Progress = null }) : null,
            Evaluation = held.Judge(predictions),
            Test = held,
            TestPredictions = predictions,
            TrainingRows = training.RowCount,
            Split = split,
            Notes = [.. planned.Notes, .. held == planned ? [] : held.Notes.Except(planned.Notes), .. model.Notes],
            FitTime = fitTime,
        };
    }

    /// <summary>The rows of a plan: which are learned from and which are held back, before anything is learned.</summary>
    internal static (TrainingPlan Plan, PlannedTable Planned, TrainingTable Training, PlannedTable Held, string Split) Prepare(TrainingPlan plan, IRecipe learner, Frame table, Frame? test)
    {
        plan = plan.Task is null && learner.LearnsNumbers is bool numbers ? plan with { Task = numbers ? TargetKind.Regression : TargetKind.Classification } : plan;
        PlannedTable planned = PlannedTable.Of(plan, table);
        CheckTask(Algorithms.Named(plan.Algorithm), planned.Table.Target);
        (TrainingTable training, PlannedTable held, string split) = Split(plan, planned, test);
        return (plan, planned, training, held, split);
    }

    /// <summary>The learner behind the preparation that the plan asks for.</summary>
    internal static Pipeline PipelineOf(TrainingPlan plan, IRecipe learner)
    {
        bool needsCompleteNumbers = Algorithms.Named(plan.Algorithm).NeedsCompleteNumbers;
        return plan.Preparation is { } steps
            ? DefaultPreparation.After(PreparationSteps.Of(steps), learner, needsCompleteNumbers)
            : DefaultPreparation.For(learner, needsCompleteNumbers);
    }

    private static (TrainingTable Training, PlannedTable Test, string Description) Split(TrainingPlan plan, PlannedTable planned, Frame? test)
    {
        if (test is null && planned.Table.Target is NoTarget)
        {
            return (planned.Table, planned, $"Learned from all {planned.Table.RowCount} rows and scored them: without a target there is no answer to learn by heart.");
        }

        if (test is not null)
        {
            PlannedTable held = PlannedTable.Like(plan, test, ModelSignature.Of(planned.Table));
            return (planned.Table, held, $"Tested on {held.Table.RowCount} rows of a table of their own.");
        }

        (RowSplit split, SplitDescription description) = RowSplits.HoldOut(planned.Table, plan.TestSize, plan.Seed);
        var heldBack = new PlannedTable(planned.Table.Take(split.Test), [.. split.Test.Select(row => planned.RowNumbers[row])], []);
        return (planned.Table.Take(split.Train), heldBack, description.Text);
    }

    private static IReadOnlyList<ColumnImportance> Permutation(IModel model, TrainingTable test, FitContext context)
    {
        const int mostRows = 1000;
        if (test.RowCount > mostRows)
        {
            int[] rows = [.. Enumerable.Range(0, test.RowCount)];
            Tensors.RandomSource.For(context.Seed, "importance rows").Shuffle(rows.AsSpan());
            test = test.Take(rows.AsSpan(0, mostRows));
        }

        return PermutationImportance.Of(model, test, repeats: 3, seed: context.Seed, context: context with { Progress = null });
    }

    private static void CheckTask(Algorithm algorithm, Target target)
    {
        if (!algorithm.Tasks.Contains(target.Task))
        {
            string[] others = [.. Algorithms.All.Where(other => other.Tasks.Contains(target.Task)).Select(other => other.Name)];
            string what = target is NoTarget ? "nothing to predict" : target.Task.IsClassification() ? $"classes ({target.Classes.Count})" : "numbers";
            throw new DataException($"{algorithm.Title} cannot predict '{target.Name}', which holds {what}. Choose one of: {string.Join(", ", others)}.");
        }
    }
}
