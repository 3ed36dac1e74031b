using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Trees;

namespace Strata.Learning.Workflow;

/// <summary>Teaches a small boosting model to answer as a larger one does, and judges both on rows that neither has learned from.</summary>
public static class DistilledTraining
{
    private const int FewestTested = 10;

    /// <param name="plan">Gradient boosting with its hyperparameters; group, time, weight and seed of the test.</param>
    /// <param name="teacher">The larger model, under the name that people know it by.</param>
    /// <param name="table">Rows such as it was trained on; those that are not tested are learned from, with the teacher's answers in place of the truth.</param>
    /// <param name="context">Cancellation and clock; its seed and threads give way to the plan's.</param>
    /// <param name="test">Rows to test on; null takes rows of the table.</param>
    /// <param name="unseen">The 0-based rows of the tested table that the teacher has not learned from; null holds some of the table back, or takes all of a test table.</param>
    /// <param name="withImportance">Whether to measure what matters to the small model, by predicting the tested rows many times.</param>
    /// <exception cref="DataException">The teacher predicts no target, or too few rows are left to learn from or to test on.</exception>
    public static DistilledOutcome Run(TrainingPlan plan, (string Name, IModel Model) teacher, Frame table, FitContext context, Frame? test = null, IReadOnlySet<int>? unseen = null, bool withImportance = true)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(teacher.Model);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context = context with { Seed = plan.Seed, Threads = plan.Threads ?? context.Threads };
        ModelSignature signature = teacher.Model.Signature;
        plan = Completed(plan, signature);
        GradientBoosting student = Algorithms.Named(plan.Algorithm).Recipe(plan.Hyperparameters) as GradientBoosting
            ?? throw new DataException($"A small model that learns another's answers is of gradient_boosting, not of '{plan.Algorithm}'.");
        (Frame lessons, PlannedTable tested, string split) = Parts(plan, signature, table, test, unseen);
        long started = context.Clock.GetTimestamp();
        IModel model = Distillation.Of(teacher.Model, lessons, context, student);
        TimeSpan fitTime = context.Clock.GetElapsedTime(started);
        (Predictions answer, double studentMicroseconds) = Timed(model, tested, context);
        (Predictions taught, double microseconds) = Timed(teacher.Model, tested, context);
        string told = $"It learned to answer as '{teacher.Name}' does, from {lessons.RowCount} rows and from others made by crossing pairs of them; their true {signature.Target} was not looked at.";
        TrainingOutcome outcome = new JudgedModel(plan, model, tested, answer, lessons.RowCount, split, [told, .. tested.Notes, .. model.Notes], fitTime).Outcome(context, withImportance);
        Metric metric = Metric.DefaultFor(signature.Task);
        var score = new TeacherScore(
            metric.Name, tested.Judge(taught, teacher.Model, plan.Metrics).Metrics, JudgedModel.Against(taught, answer, metric, tested.Table), Fidelity(answer.Values, taught.Values), microseconds, studentMicroseconds);
        return new DistilledOutcome(outcome, score);
    }

    private static TrainingPlan Completed(TrainingPlan plan, ModelSignature signature) =>
        !signature.Task.HasTarget() ? throw new DataException("The model predicts no target, so that no other can learn its answers.")
        : plan.Target is string target && target != signature.Target ? throw new DataException($"The target is '{target}', and the model predicts '{signature.Target}'.")
        : plan with { Target = signature.Target, Task = signature.Task.IsClassification() ? TargetKind.Classification : TargetKind.Regression };

    /// <summary>The rows to learn from, all that are not tested, and those with a target to test on.</summary>
    private static (Frame Lessons, PlannedTable Tested, string Split) Parts(TrainingPlan plan, ModelSignature signature, Frame table, Frame? test, IReadOnlySet<int>? unseen)
    {
        PlannedTable all = PlannedTable.Like(plan, test ?? table, signature);
        if (test is null && unseen is null)
        {
            double[]? times = plan.Time is string time && table.Contains(time) ? PlannedTable.Numbers(table[time], all.RowNumbers, "time") : null;
            var whole = new TrainingTable(all.Table.Features, all.Table.Target, all.Table.Weights, all.Table.Groups, times);
            (RowSplit split, SplitDescription description) = RowSplits.HoldOut(whole, plan.TestSize, plan.Seed);
            return (table.Take([.. split.Train.Select(row => all.RowNumbers[row])]), all.Take(split.Test), description.Text);
        }

        int[] rows = [.. Enumerable.Range(0, all.RowNumbers.Length).Where(row => unseen is null || unseen.Contains(all.RowNumbers[row]))];
        Frame lessons = test is not null ? table : table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => !unseen!.Contains(row))]);
        DataException.ThrowIfAny(
        [
            .. rows.Length < FewestTested ? [$"Only {rows.Length} rows with a '{signature.Target}' are ones that the model has not learned from; at least {FewestTested} test the small one. Name a dataset that is new to it."] : Array.Empty<string>(),
            .. lessons.RowCount == 0 ? ["No row is left to learn from: every one is tested."] : Array.Empty<string>(),
        ]);
        return (lessons, all.Take(rows), $"Tested on {rows.Length} rows that the larger model has not learned from either.");
    }

    private static (Predictions Answer, double Microseconds) Timed(IModel model, PlannedTable tested, FitContext context)
    {
        long began = context.Clock.GetTimestamp();
        Predictions answer = model.Predict(tested.Table.Features, context);
        return (answer, context.Clock.GetElapsedTime(began).TotalMicroseconds / tested.Table.RowCount);
    }

    private static double? Fidelity(double[] student, double[] teacher)
    {
        double mean = teacher.Average(), all = teacher.Sum(value => (value - mean) * (value - mean));
        double left = teacher.Zip(student, (a, b) => (a - b) * (a - b)).Sum();
        return all > 0 ? 1 - left / all : null;
    }
}
