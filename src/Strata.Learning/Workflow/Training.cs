using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.Neural;
using Strata.Learning.Preparation;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Conformal;
using Strata.Learning.Validation.Errors;
using Strata.Learning.Validation.Leaks;

namespace Strata.Learning.Workflow;

/// <summary>Carries out a plan in the safe order: look at the target, split, prepare and fit on training rows only, judge on test rows only.</summary>
public static class Training
{
    /// <summary>What an algorithm with a time limit spends on saying what matters to its model: a part of that limit.</summary>
    private const double ImportanceShare = 0.04, MostImportanceSeconds = 20;

    /// <summary>In how many parts rows that are all learned from are split to be judged by.</summary>
    private const int UsualFolds = 5;

    /// <summary>Trains on a table and tests on rows held back from it, or on a table of its own.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="table">The rows to learn from.</param>
    /// <param name="context">Cancellation, progress and clock; its seed and threads give way to the plan's.</param>
    /// <param name="test">Rows to test on; null holds back <see cref="TrainingPlan.TestSize"/> of the table by its structure.</param>
    /// <param name="withImportance">Whether to measure what matters to the model on the test rows, by predicting them many times.</param>
    /// <param name="folds">In how many parts the training rows are cross-validated, for an estimate beside the test; null for none.</param>
    /// <param name="start">For networks: weights to begin from; null begins by chance.</param>
    /// <param name="validation">Rows that algorithms which stop early stop by, apart from the others; null lets these hold some of the training rows back.</param>
    /// <param name="adjust">Gives the recipe what hyperparameters do not say, such as somebody who watches it; null leaves it as it is.</param>
    /// <exception cref="DataException">Plan and table do not fit; all problems at once.</exception>
    public static TrainingOutcome Run(
        TrainingPlan plan, Frame table, FitContext context, Frame? test = null, bool withImportance = true, int? folds = null, InitialWeights? start = null, Frame? validation = null, Func<IRecipe, IRecipe>? adjust = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        context = context with { Seed = plan.Seed, Threads = plan.Threads ?? context.Threads, Began = context.Began ?? context.Clock.GetTimestamp() };
        IRecipe scratch = Algorithms.Named(plan.Algorithm).Recipe(plan.Hyperparameters), learner = start?.Begin(scratch) ?? adjust?.Invoke(scratch) ?? scratch;
        bool learnsFromAll = plan.TestSize == 0 && test is null && Algorithms.NeedsTarget(plan.Algorithm);
        (plan, PlannedTable planned, TrainingTable training, PlannedTable held, string split, RowSplit? rows) = learnsFromAll ? PrepareAll(plan, learner, table) : Prepare(plan, learner, table, test);
        Metric[] further = planned.FurtherMetrics(plan.Metrics);
        LeakAudit audit = test is null ? AuditOf(plan, planned, rows, table, context.Cancellation) : Audit(plan, table, test, context.Cancellation);
        IRecipe recipe = RecipeOf(plan, learner, training.Target.Task);
        long started = context.Clock.GetTimestamp();
        TrainingTable? stopBy = validation is null ? context.Validation : PlannedTable.Like(plan, validation, ModelSignature.Of(training)).Table;
        // What fits several times gives each of them the whole time.
        IModel model = recipe.Fit(training, context with { Watched = learnsFromAll ? null : held.Table, Validation = stopBy, Began = recipe is Finished { FitsOnce: false } ? null : context.Began });
        TimeSpan fitTime = context.Clock.GetElapsedTime(started);
        // An automatic training has its own folds, and must not take its time once more for each of others.
        UnseenAnswers? unseen = learnsFromAll && AutomlModel.Of(model)?.Unseen is { } said && said.TableRows == training.RowCount ? said : null;
        CrossValidation? folded = folds is not null || (learnsFromAll && unseen is null) ? CrossValidation.Run(recipe, training, folds ?? UsualFolds, context with { Progress = null, Began = null }, further) : null;
        if (learnsFromAll)
        {
            held = held.At(unseen?.Rows ?? folded!.OutOfFoldRows);
            split = $"Learned from all rows; judged by models of folds on rows that these had not seen{(unseen is null ? string.Empty : ", by which their weights were chosen, so that it is a little too good")}: {unseen?.Split ?? folded!.Split.Text}";
        }

        Predictions predictions = !learnsFromAll ? model.Predict(held.Table.Features, context)
            : unseen is null ? folded!.OutOfFold
            : (model as FinishedModel)?.Finished(unseen.Together) ?? unseen.Together;
        Evaluation evaluation = held.Judge(predictions, model, plan.Metrics);
        if (held.Table.Target is not NoTarget)
        {
            evaluation = evaluation with { Intervals = MetricIntervals.Of(predictions, held.Table.Target, held.Table.Weights, held.Table.Groups, seed: plan.Seed, further: further, cancellation: context.Cancellation) };
        }

        // What the model itself makes of shuffled columns says something only of rows that it has not seen.
        withImportance &= !learnsFromAll;
        IReadOnlyList<ColumnImportance> importance = !withImportance || held.Table.Target is NoTarget ? []
            : learner is AutomlRecipe automl ? TimedImportance.Of(model, held.Table, automl.Deterministic ? null : TimeSpan.FromSeconds(Math.Min(MostImportanceSeconds, ImportanceShare * automl.TimeLimit)), context)
            : Permutation(model, held.Table, context);
        return new TrainingOutcome
        {
            Plan = plan,
            Model = model,
            LearnedFromTest = learnsFromAll,
            CrossValidated = folded,
            Evaluation = evaluation,
            Importance = importance,
            WorstSlices = held.Table.Target is NoTarget ? [] : ErrorAnalysis.Of(held.Table.Features, predictions, held.Table.Target).Slices,
            LeakAudit = planned.Table.Target is NoTarget ? audit : audit.With(ResultLeaks.Of(
                evaluation, (predictions, held.Table.Target), OfTrainingRows(model, training, context), importance.ToDictionary(column => column.Column, column => column.Mean))),
            Transfer = start?.IsComparedWithChance == true ? GainOver(plan, scratch, training, held, evaluation, context) : null,
            Modalities = withImportance && held.Table.Target is not NoTarget ? ModalityAblation.Of(model, held.Table, context) : [],
            Interactions = withImportance ? InteractionStrength.Of(model, held.Table.Features, context with { Progress = null }) : null,
            Test = held,
            TestPredictions = predictions,
            TrainingRows = training.RowCount,
            Split = split,
            Notes = [.. planned.Notes, .. held == planned ? [] : held.Notes.Except(planned.Notes), .. model.Notes],
            FitTime = fitTime,
        };
    }

    private static TransferGain GainOver(TrainingPlan plan, IRecipe scratch, TrainingTable training, PlannedTable held, Evaluation evaluation, FitContext context)
    {
        Metric metric = Metric.DefaultFor(training.Target.Task);
        IModel model = RecipeOf(plan, InitialWeights.Scratch(scratch), training.Target.Task).Fit(training, context with { Progress = null, Checkpoints = null });
        double from = evaluation.Metrics[metric.Name], without = held.Judge(model.Predict(held.Table.Features, context), model, []).Metrics[metric.Name];
        return new TransferGain(metric.Name, from, without, metric.HigherIsBetter ? from - without : without - from);
    }

    /// <summary>The rows of a plan: which are learned from and which are held back, before anything is learned.</summary>
    internal static (TrainingPlan Plan, PlannedTable Planned, TrainingTable Training, PlannedTable Held, string Split, RowSplit? Rows) Prepare(TrainingPlan plan, IRecipe learner, Frame table, Frame? test)
    {
        (plan, PlannedTable planned) = Planned(plan, learner, table);
        (TrainingTable training, PlannedTable held, string split, RowSplit? rows) = Split(plan, planned, test);
        return (plan, planned, training, held, split, rows);
    }

    /// <summary>All rows of a plan to learn from, and the same to be judged by in folds.</summary>
    private static (TrainingPlan Plan, PlannedTable Planned, TrainingTable Training, PlannedTable Held, string Split, RowSplit? Rows) PrepareAll(TrainingPlan plan, IRecipe learner, Frame table)
    {
        (plan, PlannedTable planned) = Planned(plan, learner, table);
        return (plan, planned, planned.Table, planned, string.Empty, null);
    }

    /// <summary>The rows of a plan, with a target that the learner can learn.</summary>
    internal static (TrainingPlan Plan, PlannedTable Planned) Planned(TrainingPlan plan, IRecipe learner, Frame table)
    {
        plan = plan.Task is null && learner.LearnsNumbers is bool numbers ? plan with { Task = numbers ? TargetKind.Regression : TargetKind.Classification } : plan;
        PlannedTable planned = PlannedTable.Of(plan, table);
        CheckTask(Algorithms.Named(plan.Algorithm), planned.Table.Target);
        return (plan, planned);
    }

    /// <summary>The learner behind the preparation that the plan asks for, its predictions finished as the plan asks.</summary>
    internal static IRecipe RecipeOf(TrainingPlan plan, IRecipe learner, LearningTask task)
    {
        var finished = new Finished(PipelineOf(plan, learner))
        {
            Calibration = plan.Calibration,
            DecisionMetric = plan.DecisionMetric,
            Costs = plan.Costs,
            Level = plan.Intervals,
            RegionMethod = plan.IntervalMethod ?? (task.IsClassification() ? RegionMethod.Split : RegionMethod.CvPlus),
        };
        return finished.IsPlain ? finished.Pipeline : finished;
    }

    /// <summary>The learner behind the preparation that the plan asks for, and before it the steps that made the dataset.</summary>
    internal static Pipeline PipelineOf(TrainingPlan plan, IRecipe learner)
    {
        Algorithm algorithm = Algorithms.Named(plan.Algorithm);
        Pipeline asked = plan.Preparation is { } steps ? algorithm.Prepared(learner, PreparationSteps.Of(steps)) : algorithm.Prepared(learner);
        return plan.DatasetSteps.Count == 0 ? asked : asked with { Steps = [.. PreparationSteps.Of(plan.DatasetSteps), .. asked.Steps] };
    }

    /// <summary>Looks for leaks in the rows as the plan would split them, without training.</summary>
    /// <exception cref="DataException">Plan and table do not fit; all problems at once.</exception>
    public static LeakAudit Audit(TrainingPlan plan, Frame table, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PlannedTable planned = PlannedTable.Of(plan, table);
        RowSplit? split = planned.Table.Target is NoTarget || plan.TestSize == 0 ? null : RowSplits.HoldOut(planned.Table, plan.TestSize, plan.Seed).Split;
        return AuditOf(plan, planned, split, table, cancellation);
    }

    /// <summary>Looks for leaks in the rows to learn from, and between them and a table of its own to test on: repeated rows, shared groups and entities, the order of time.</summary>
    /// <exception cref="DataException">Plan and tables do not fit; all problems at once.</exception>
    public static LeakAudit Audit(TrainingPlan plan, Frame table, Frame test, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(test);
        PlannedTable.Check(plan, table);
        if (plan.Target is string target && !test.Contains(target))
        {
            throw new DataException($"The test table: {DataException.NoSuchColumn(target, test.Names).Message}");
        }

        string? Known(string? column) => column is not null && test.Contains(column) ? column : null;
        Frame both = JoinedFrames.Of(table, test);
        plan = plan with { Group = Known(plan.Group), Time = Known(plan.Time), Weight = Known(plan.Weight), Drop = [.. plan.Drop.Where(test.Contains)] };
        PlannedTable planned = PlannedTable.Of(plan, both);
        bool IsLearned(int row) => planned.RowNumbers[row] < table.RowCount;
        int[] rows = [.. Enumerable.Range(0, planned.RowNumbers.Length)];
        var names = NamesOf(plan, planned) with
        {
            IsTestApart = true,
            Row = row => IsLearned(row) ? $"row {planned.RowNumbers[row] + 1} of the training table" : $"row {planned.RowNumbers[row] - table.RowCount + 1} of the test table",
        };
        var split = new RowSplit([.. rows.Where(IsLearned)], [.. rows.Where(row => !IsLearned(row))]);
        return LeakAudit.BeforeTraining(planned.Table, split, RowsWithoutTarget(planned, both), names, cancellation);
    }

    private static LeakAudit AuditOf(TrainingPlan plan, PlannedTable planned, RowSplit? split, Frame table, CancellationToken cancellation) =>
        LeakAudit.BeforeTraining(planned.Table, split, RowsWithoutTarget(planned, table), NamesOf(plan, planned), cancellation);

    private static AuditedNames NamesOf(TrainingPlan plan, PlannedTable planned) => new()
    {
        Group = plan.Group,
        Groups = planned.GroupNames,
        Time = plan.Time,
        Row = row => $"row {planned.RowNumbers[row] + 1}",
    };

    private static (TrainingTable Training, PlannedTable Test, string Description, RowSplit? Rows) Split(TrainingPlan plan, PlannedTable planned, Frame? test)
    {
        if (test is null && planned.Table.Target is NoTarget)
        {
            return (planned.Table, planned, $"Learned from all {planned.Table.RowCount} rows and scored them: without a target there is no answer to learn by heart.", null);
        }

        if (test is not null)
        {
            PlannedTable held = PlannedTable.Like(plan, test, ModelSignature.Of(planned.Table));
            return (planned.Table, held, $"Tested on {held.Table.RowCount} rows of a table of their own.", null);
        }

        (RowSplit split, SplitDescription description) = RowSplits.HoldOut(planned.Table, plan.TestSize, plan.Seed);
        return (planned.Table.Take(split.Train), planned.At(split.Test), description.Text, split);
    }

    /// <summary>The features of the rows that have no target; null when all have one.</summary>
    private static Frame? RowsWithoutTarget(PlannedTable planned, Frame table)
    {
        if (planned.RowNumbers.Length == table.RowCount)
        {
            return null;
        }

        var known = planned.RowNumbers.ToHashSet();
        return table.Select(planned.Table.Features.Names).Take([.. Enumerable.Range(0, table.RowCount).Where(row => !known.Contains(row))]);
    }

    /// <summary>What the model says of some of the rows that it learned from, spread evenly.</summary>
    private static (Predictions Predictions, Target Target) OfTrainingRows(IModel model, TrainingTable training, FitContext context)
    {
        // A large ensemble takes its time for each row: a second's worth is enough.
        int count = Math.Min(training.RowCount, (int)Math.Clamp(1e6 / (AutomlModel.Of(model)?.PredictMicroseconds ?? 1), 200, 2000));
        TrainingTable some = training.Take([.. Enumerable.Range(0, count).Select(i => (int)((long)i * training.RowCount / count))]);
        return (model.Predict(some.Features, context), some.Target);
    }

    internal static IReadOnlyList<ColumnImportance> Permutation(IModel model, TrainingTable test, FitContext context)
    {
        // Networks for arrays take their time.
        int mostRows = (Importance.PipelineOf(model)?.Learner ?? model) is NetworkModel { TakesArrays: true } ? 200 : 1000;
        if (test.RowCount > mostRows)
        {
            int[] rows = [.. Enumerable.Range(0, test.RowCount)];
            Tensors.RandomSource.For(context.Seed, "importance rows").Shuffle(rows.AsSpan());
            test = test.Take(rows.AsSpan(0, mostRows));
        }

        return PermutationImportance.Of(model, test, repeats: 3, seed: context.Seed, groups: StepBlocks(model), context: context with { Progress = null });
    }

    /// <summary>The columns of a wide table that a network reads as one series say little each: they are shuffled in stretches. Null for other models.</summary>
    private static ColumnGroup[]? StepBlocks(IModel model)
    {
        const int most = 20;
        if ((Importance.PipelineOf(model)?.Learner ?? model) is not NetworkModel { ReadsWideTable: true })
        {
            return null;
        }

        ILookup<bool, string> names = model.Signature.Features.Columns.ToLookup(column => column.Type is ColumnType.Float32 or ColumnType.Float64 or ColumnType.Int64, column => column.Name);
        string[] steps = [.. names[true]];
        return steps.Length <= most ? null :
        [
            .. steps.Chunk((steps.Length + most - 1) / most).Select(block => new ColumnGroup($"{block[0]} to {block[^1]}", block)),
            .. names[false].Select(name => new ColumnGroup(name, [name])),
        ];
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
