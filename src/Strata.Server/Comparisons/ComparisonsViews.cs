using System.Text.Json;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Jobs;
using Strata.Server.Runs;
using ComparisonRequest = Strata.Client.Contracts.ComparisonRequest;

namespace Strata.Server.Comparisons;

internal static class ComparisonsViews
{
    private const double MostSeconds = 1e7;

    /// <summary>The plan that is asked for, a preset's target filled in.</summary>
    /// <exception cref="DataException">It cannot be compared so; all problems at once.</exception>
    public static ComparisonPlan ToPlan(this ComparisonRequest request)
    {
        var problems = new List<string>();
        var plan = new ComparisonPlan
        {
            Plan = (request.Plan with { Algorithm = null, Hyperparameters = null, TestSize = null, Intervals = null, IntervalMethod = null }).ToPlan(request.Preset),
            Algorithms = request.Algorithms,
            Folds = request.Folds ?? 5,
            Metric = request.Metric,
            TimeEach = Time("time_each", request.TimeEach, problems),
            TimeInAll = Time("time_limit", request.TimeLimit, problems),
        };
        DataException.ThrowIfAny(problems);
        return plan;
    }

    public static ComparisonView View(this Comparison comparison, StrataPlatform platform)
    {
        ComparisonPlan plan = JsonText.Read<ComparisonPlan>(comparison.Plan.ToJsonString());
        return new ComparisonView(
            comparison.Id,
            comparison.Name,
            comparison.DatasetId,
            comparison.DatasetName,
            comparison.Preset,
            plan.Plan.View(),
            plan.Algorithms,
            plan.Folds,
            plan.Metric,
            plan.TimeEach?.TotalSeconds,
            plan.TimeInAll?.TotalSeconds,
            platform.Jobs.Get(comparison.JobId).View(),
            comparison.Best,
            comparison.CreatedAt,
            comparison.Project);
    }

    /// <summary>What the job of a finished comparison stored, as it travels.</summary>
    public static ComparisonResult Result(this Comparison done, StrataPlatform platform)
    {
        using Stream stored = platform.Runs.OpenArtifact(done.Id, CompareAlgorithms.ComparisonFileName);
        return Result(stored);
    }

    /// <inheritdoc cref="Result(Comparison, StrataPlatform)"/>
    public static ComparisonResult Result(Stream stored)
    {
        AlgorithmComparison comparison = JsonSerializer.Deserialize<AlgorithmComparison>(stored, ModelFileJson.Options) ?? throw new InvalidOperationException("A stored comparison is null.");
        return new ComparisonResult(
            comparison.Metric, Metric.Named(comparison.Metric).HigherIsBetter, comparison.Split, comparison.RowCount, [.. comparison.Algorithms.Select(View)], comparison.Notes);
    }

    private static ComparedAlgorithmView View(ComparedAlgorithm algorithm) => new(
        algorithm.Name,
        algorithm.Algorithm,
        algorithm.Hyperparameters.ToDictionary(pair => pair.Key, pair => pair.Value.Element() ?? default),
        algorithm.Scores,
        algorithm.Metrics.ToDictionary(metric => metric.Key, metric => new MetricSummaryView(metric.Value.Mean, metric.Value.StandardDeviation, metric.Value.FoldCount)),
        algorithm.FitSeconds,
        algorithm.AgainstBest is { } difference ? new DifferenceView(difference.Mean, difference.Low, difference.High, difference.PValue) : null,
        algorithm.Problem);

    private static TimeSpan? Time(string name, double? seconds, List<string> problems)
    {
        if (seconds is double given && !(given is > 0 and <= MostSeconds))
        {
            problems.Add($"'{name}' is {given}; it takes a number of seconds above 0, up to {MostSeconds}.");
            return null;
        }

        return seconds is double time ? TimeSpan.FromSeconds(time) : null;
    }
}
