using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Comparison;

namespace Strata.Learning.Workflow;

/// <summary>Algorithms measured on the same folds, the best first.</summary>
/// <param name="Metric">What they are ranked by.</param>
/// <param name="Split">How rows were split, in words.</param>
/// <param name="RowCount">Rows with a target.</param>
/// <param name="Algorithms">Those that finished from best to worst, then the others.</param>
/// <param name="Notes">What was left out, one sentence each.</param>
public sealed record AlgorithmComparison(string Metric, string Split, int RowCount, IReadOnlyList<ComparedAlgorithm> Algorithms, IReadOnlyList<string> Notes)
{
    private const int StepsPerFold = 1000;

    /// <summary>The best of those that finished; null where none did.</summary>
    public ComparedAlgorithm? Best => Algorithms.FirstOrDefault(algorithm => algorithm.Problem is null);

    /// <summary>Fits every algorithm on every fold and measures it on the rows that it has not seen; each prepares the table on its own training rows.</summary>
    /// <param name="plan">What to compare.</param>
    /// <param name="table">The rows.</param>
    /// <param name="context">Cancellation, progress and clock; seed and threads give way to the plan's.</param>
    /// <param name="folds">Hears of every fold as soon as it is done; null for nobody.</param>
    /// <exception cref="DataException">Plan and table do not fit, or an algorithm or setting is unknown; all problems at once.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled. A budget that runs out does not throw.</exception>
    public static AlgorithmComparison Run(ComparisonPlan plan, Frame table, FitContext context, IProgress<ComparedFold>? folds = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(context);
        context = context with { Seed = plan.Plan.Seed, Threads = plan.Plan.Threads ?? context.Threads };
        PlannedTable planned = PlannedTable.Of(plan.Plan with { Algorithm = Baseline.AlgorithmName }, table);
        LearningTask task = planned.Table.Target.Task;
        plan.Check(task);
        (MemberText Member, IRecipe Recipe)[] recipes = RecipesOf(plan, task);
        Metric metric = plan.Metric is string name ? Metrics.Metric.Named(name, task) : Metrics.Metric.DefaultFor(task);
        (IReadOnlyList<RowSplit> splits, SplitDescription split) = RowSplits.Folds(planned.Table, plan.Folds, plan.Plan.Seed);

        var runs = new FoldRuns(planned.Table, splits, split, metric, context, recipes.Length, folds);
        using var all = new TimeLimit(plan.TimeInAll, context.Clock, context.Cancellation);
        var results = new List<ComparedAlgorithm>();
        foreach ((MemberText member, IRecipe recipe) in recipes)
        {
            using var each = new TimeLimit(plan.TimeEach, context.Clock, all.Token);
            ComparedAlgorithm result = runs.Run(member, recipe, each.Token);
            context.Cancellation.ThrowIfCancellationRequested();
            results.Add(all.IsUp && result.Problem is not null ? result with { Problem = $"the time for all was up after {Count(result.Scores.Count, plan.Folds)}" } : result);
        }

        return new AlgorithmComparison(metric.Name, split.Text, planned.Table.RowCount, Ranked(results, metric, splits), planned.Notes);
    }

    /// <summary>Each algorithm once as the plan would train it, and the baseline. Intervals are left out: no metric speaks of them.</summary>
    private static (MemberText Member, IRecipe Recipe)[] RecipesOf(ComparisonPlan plan, LearningTask task) =>
    [
        .. plan.Algorithms.SelectMany(MemberText.ReadList)
            .Append(new MemberText(Baseline.AlgorithmName, new Dictionary<string, JsonNode?>()))
            .DistinctBy(member => member.ToString())
            .Select(member => (member, Training.RecipeOf(plan.Plan with { Algorithm = member.Algorithm, Intervals = null }, Catalog.Algorithms.Named(member.Algorithm).Recipe(member.Hyperparameters), task))),
    ];

    private static ComparedAlgorithm[] Ranked(List<ComparedAlgorithm> results, Metric metric, IReadOnlyList<RowSplit> splits)
    {
        double Rank(ComparedAlgorithm result) => metric.HigherIsBetter ? -result.Scores.Average() : result.Scores.Average();
        ComparedAlgorithm[] finished = [.. results.Where(result => result.Problem is null).OrderBy(Rank)];
        double testToTraining = splits.Average(split => (double)split.Test.Length / split.Train.Length);
        return
        [
            .. finished.Take(1),
            .. finished.Skip(1).Select(result => result with { AgainstBest = CorrectedResampledTest.Of(result.Scores, finished[0].Scores, testToTraining) }),
            .. results.Where(result => result.Problem is not null),
        ];
    }

    private static string Count(int finished, int folds) => $"{finished} of {folds} folds";

    /// <summary>Fits and measures one recipe after the other on the same folds.</summary>
    private sealed class FoldRuns(TrainingTable table, IReadOnlyList<RowSplit> splits, SplitDescription split, Metric metric, FitContext context, int recipeCount, IProgress<ComparedFold>? told)
    {
        private int done;

        public ComparedAlgorithm Run(MemberText member, IRecipe recipe, CancellationToken limit)
        {
            string name = member.ToString();
            var scores = new List<double>();
            var finished = new List<Fold>();
            string? problem = null;
            for (int i = 0; i < splits.Count && problem is null; i++)
            {
                try
                {
                    limit.ThrowIfCancellationRequested();
                    Fold fold = CrossValidation.Run(recipe, table, [splits[i]], split, ContextOf(done + i, limit), [metric]).Folds[0];
                    scores.Add(fold.Evaluation.Metrics.TryGetValue(metric.Name, out double score) ? score : throw new DataException($"{metric.Title} is undefined on the rows of fold {i + 1}."));
                    finished.Add(fold);
                    told?.Report(new ComparedFold(name, i, splits.Count, score));
                }
                catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
                {
                    problem = $"its time was up after {Count(finished.Count, splits.Count)}";
                }
                catch (DataException e)
                {
                    problem = e.Message;
                }
            }

            done += splits.Count;
            return new ComparedAlgorithm(name)
            {
                Algorithm = member.Algorithm,
                Hyperparameters = member.Hyperparameters,
                Scores = scores,
                Metrics = CrossValidation.Summarise(finished, table.Target.Task),
                FitSeconds = finished.Count == 0 ? 0 : finished.Average(fold => fold.FitTime.TotalSeconds),
                Problem = problem,
            };
        }

        private FitContext ContextOf(int fold, CancellationToken limit) => context with
        {
            Cancellation = limit,
            Progress = context.Progress is null ? null : new PartOfProgress(context.Progress, fold * StepsPerFold, StepsPerFold, recipeCount * splits.Count * StepsPerFold),
        };
    }
}
