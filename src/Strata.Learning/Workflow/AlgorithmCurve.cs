using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Validation.Curves;
using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow;

/// <summary>How good an algorithm is on the rows it learned from and on others, over the number of rows or the values of a hyperparameter.</summary>
/// <param name="Kind">What it runs over.</param>
/// <param name="Algorithm">The algorithm's name.</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Over">What the places are: training rows, or the hyperparameter's name.</param>
/// <param name="Labels">The places in words.</param>
/// <param name="Points">The metric at each place; where values are no numbers, places are counted from 0.</param>
/// <param name="Split">How rows were split, in words.</param>
/// <param name="Notes">What was left out, one sentence each.</param>
public sealed record AlgorithmCurve(
    CurveKind Kind, string Algorithm, string Metric, string Over, IReadOnlyList<string> Labels, IReadOnlyList<CurvePoint> Points, string Split, IReadOnlyList<string> Notes)
{
    /// <summary>Fits the algorithm on every fold at every place; folds are the same at each.</summary>
    /// <param name="plan">What to draw.</param>
    /// <param name="table">The rows.</param>
    /// <param name="context">Cancellation, progress (a step a place) and clock; seed and threads give way to the plan's.</param>
    /// <exception cref="DataException">Plan and table do not fit; all problems at once.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    public static AlgorithmCurve Run(CurvePlan plan, Frame table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        TrainingPlan training = plan.Training;
        context = context with { Seed = training.Seed, Threads = training.Threads ?? context.Threads };
        IReadOnlyList<IRecipe> learners = plan.Recipes();
        PlannedTable planned = Training.Planned(training, learners[0], table).Planned;
        LearningTask task = planned.Table.Target.Task;
        Metric metric = plan.Metric is string name ? Metrics.Metric.Named(name, task) : Metrics.Metric.DefaultFor(task);
        IRecipe[] recipes = [.. learners.Select(learner => Training.RecipeOf(training, learner, task))];
        string split = RowSplits.Folds(planned.Table, plan.Folds, context.Seed).Description.Text;
        FitContext quiet = context with { Progress = null };
        int count = plan.Kind == CurveKind.Learning ? plan.Shares.Count : recipes.Length;
        var points = new List<CurvePoint>(count);
        for (int place = 0; place < count; place++)
        {
            points.Add(plan.Kind == CurveKind.Learning
                ? LearningCurve.Of(recipes[0], planned.Table, metric, [plan.Shares[place]], plan.Folds, quiet)[0]
                : ValidationCurve.Of(_ => recipes[place], [At(plan.Values, place)], planned.Table, metric, plan.Folds, quiet)[0]);
            context.Progress?.Report(new FitProgress(place, count, new Dictionary<string, double> { [metric.Name] = points[^1].MeanTest }));
        }

        return new AlgorithmCurve(
            plan.Kind,
            training.Algorithm,
            metric.Name,
            plan.Kind == CurveKind.Learning ? "training rows" : plan.Parameter!,
            plan.Kind == CurveKind.Learning ? [.. points.Select(point => point.At.ToString(CultureInfo.InvariantCulture))] : plan.Values,
            points,
            split,
            planned.Notes);
    }

    /// <summary>The curve as a picture.</summary>
    public string ToSvg()
    {
        CurvePoint[] shown = [.. Points.Where(point => double.IsFinite(point.MeanTraining) && double.IsFinite(point.MeanTest)).OrderBy(point => point.At)];
        double[] at = [.. shown.Select(point => point.At)];
        return Plot.Curves(
            $"{(Kind == CurveKind.Learning ? "Learning" : "Validation")} curve of {Algorithm}",
            Over,
            Metrics.Metric.Named(Metric).Title,
            shown.Length == 0 ? [] : [new Series("rows not learned from", at, [.. shown.Select(point => point.MeanTest)]), new Series("rows learned from", at, [.. shown.Select(point => point.MeanTraining)])]);
    }

    /// <summary>The value itself where all values are numbers, else its place.</summary>
    private static double At(IReadOnlyList<string> values, int place)
    {
        double[] numbers = [.. values.Select(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return Array.TrueForAll(numbers, double.IsFinite) ? numbers[place] : place;
    }
}
