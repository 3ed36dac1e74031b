using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Comparisons;
using Strata.Server.Datasets;
using Strata.Server.Runs;
using ColumnType = Strata.Client.Contracts.ColumnType;

namespace Strata.Server.Surfaces.TrainingPlatform;

internal static class TrainingPlatformViews
{
    public static PlatformDatasetView PlatformView(this Dataset dataset, IReadOnlyDictionary<string, long>? missing = null) => new(
        dataset.Id,
        dataset.Name,
        dataset.Status.To<Client.Contracts.DatasetStatus>(),
        dataset.RowCount,
        dataset.ColumnCount,
        [.. dataset.Columns.Select(column => column.Name)],
        dataset.Columns.ToDictionary(column => column.Name, column => column.Type.To<ColumnType>(), StringComparer.Ordinal),
        dataset.SuggestedTarget,
        missing,
        dataset.ContentHash,
        dataset.Error is null ? dataset.Notes : [.. dataset.Notes, dataset.Error],
        dataset.Derivation?.View(),
        dataset.CreatedAt);

    /// <summary>With the missing values of each column, when the dataset is ready.</summary>
    public static async Task<PlatformDatasetView> ViewWithGaps(this Dataset dataset, StrataPlatform platform, CancellationToken cancellation)
    {
        if (dataset.Status != Platform.Datasets.DatasetStatus.Ready)
        {
            return dataset.PlatformView();
        }

        JsonNode stored = await platform.Datasets.ProfileAsync(dataset.Id, null, cancellation).ConfigureAwait(false);
        return dataset.PlatformView(StoredResults.Read<TableProfileView>(stored).Columns.ToDictionary(column => column.Name, column => column.Missing, StringComparer.Ordinal));
    }

    public static CleanDataView CleanedView(this Dataset made, Dataset parent) => new(
        made.Id,
        made.Name,
        parent.Id,
        parent.RowCount,
        made.RowCount,
        parent.RowCount - made.RowCount,
        Sums(made, step => step.Filled),
        Sums(made, step => step.Outliers),
        [.. Steps(made).Select(DerivationViews.View)],
        [.. made.Notes, OnTraining]);

    public static SelectFeaturesView SelectedView(this Dataset made, Dataset parent, SelectionMethod method)
    {
        DerivedStep? step = Steps(made) is [var first, ..] ? first : null;
        string target = made.Derivation!.Target!;
        IReadOnlyDictionary<string, double?> scores = step?.Scores ?? new Dictionary<string, double?>();
        return new SelectFeaturesView(
            made.Id,
            made.Name,
            parent.Id,
            target,
            method,
            scores,
            [.. made.Columns.Select(column => column.Name).Where(name => name != target).OrderByDescending(name => scores.GetValueOrDefault(name) ?? double.NegativeInfinity)],
            step?.Dropped ?? [],
            made.RowCount,
            [.. made.Notes, $"The columns were chosen by '{target}' of all {step?.FittedRows} rows that have one.", OnTraining]);
    }

    public static SplitDataView SplitView(this IReadOnlyList<Dataset> parts, Dataset parent)
    {
        DatasetSplit split = parts[0].Derivation!.Split!;
        long RowsOf(Platform.Datasets.SplitPart kind) => parts.FirstOrDefault(part => part.Derivation!.Split!.Part == kind)?.RowCount ?? 0;
        return new SplitDataView(
            parent.Id, split.TrainId, split.ValidationId, split.TestId,
            RowsOf(Platform.Datasets.SplitPart.Train), RowsOf(Platform.Datasets.SplitPart.Validation), RowsOf(Platform.Datasets.SplitPart.Test), split.Text);
    }

    public static TrainingJobView TrainingView(this Run run, StrataPlatform platform)
    {
        Job job = platform.Jobs.Get(run.JobId!);
        TrainingPlan plan = JsonText.Read<TrainingPlan>(run.Plan!.ToJsonString());
        EvaluationView? evaluation = job.Status == Platform.Jobs.JobStatus.Completed ? Stored<EvaluationView>(run, TrainModel.EvaluationFileName, platform) : null;
        TuningView? tuning = evaluation is not null && job.Kind == RunHistory.TuneKind ? Stored<TuningView>(run, TuneModel.TuningFileName, platform) : null;
        Dictionary<string, IReadOnlyList<double?>> history = platform.Runs.Series(run.Id).ToDictionary(series => series.Name, series => (IReadOnlyList<double?>)[.. series.Points.Select(point => (double?)point.Value)], StringComparer.Ordinal);
        return new TrainingJobView(
            job.Id,
            run.Id,
            run.Name,
            job.Status.To<Client.Contracts.JobStatus>(),
            Math.Clamp(job.Progress, 0, 100),
            job.CurrentStep ?? string.Empty,
            job.Error,
            run.DatasetId ?? string.Empty,
            plan.Target,
            plan.Algorithm,
            tuning?.BestHyperparameters ?? PlanViews.Elements(plan.Hyperparameters),
            run.ModelId,
            evaluation is null ? null : View(evaluation),
            history,
            job.Result is JsonObject result && evaluation is not null ? Summary(result, job.Kind == RunHistory.TuneKind ? null : history) : null,
            tuning is null ? null : View(tuning),
            [.. (evaluation?.LeakAudit ?? []).Where(finding => finding.Severity != LeakSeverity.Notice).Select(finding => $"{finding.Message} {finding.Advice}")],
            run.Notes,
            run.CreatedAt,
            job.StartedAt,
            job.EndedAt);
    }

    public static ModelComparisonView RankingView(this Comparison comparison, StrataPlatform platform, IReadOnlyList<string> notes)
    {
        Job job = platform.Jobs.Get(comparison.JobId);
        ComparisonResult? result = job.Status == Platform.Jobs.JobStatus.Completed ? comparison.Result(platform) : null;
        ComparisonPlan plan = JsonText.Read<ComparisonPlan>(comparison.Plan.ToJsonString());
        return new ModelComparisonView(
            job.Id,
            comparison.Id,
            job.Status.To<Client.Contracts.JobStatus>(),
            Math.Clamp(job.Progress, 0, 100),
            job.Error,
            comparison.DatasetId,
            plan.Plan.Target,
            result?.Metric ?? plan.Metric,
            comparison.Best,
            [.. (result?.Algorithms ?? []).Select((one, at) => View(one, at + 1, result!.Metric))],
            result is null ? notes : [result.Split, .. result.Notes]);
    }

    private const string OnTraining = "The steps were computed on all rows. A training on this dataset goes back to the rows that were read and fits them again on its training rows only, unless it asks for 'as_is'.";

    private static IReadOnlyList<DerivedStep> Steps(Dataset made) => made.Derivation!.Done;

    private static Dictionary<string, int> Sums(Dataset made, Func<DerivedStep, IReadOnlyDictionary<string, int>> of) =>
        Steps(made).SelectMany(of).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pairs => pairs.Key, pairs => pairs.Sum(pair => pair.Value), StringComparer.Ordinal);

    private static T Stored<T>(Run run, string file, StrataPlatform platform)
    {
        using Stream stored = platform.Runs.OpenArtifact(run.Id, file);
        return StoredResults.Read<T>(stored);
    }

    private static TrainedEvaluationView View(EvaluationView evaluation) => new(
        evaluation.Task,
        evaluation.Metrics,
        evaluation.Classes,
        evaluation.Confusion,
        evaluation.Importance.ToDictionary(column => column.Column, column => column.Mean, StringComparer.Ordinal),
        evaluation.CrossValidated);

    private static TrainingSummaryView Summary(JsonObject result, Dictionary<string, IReadOnlyList<double?>>? history) => new(
        result["training_rows"]!.GetValue<int>(),
        result["test_rows"]!.GetValue<int>(),
        result["fit_seconds"]!.GetValue<double>(),
        history is { Count: > 0 } ? history.Values.Max(points => points.Count) : null,
        result["split"]!.GetValue<string>());

    private static TuningSummaryView View(TuningView tuning) => new(
        tuning.BestHyperparameters, tuning.BestValue, tuning.Metric, tuning.Trials, tuning.Importance.ToDictionary(one => one.Parameter, one => one.Share, StringComparer.Ordinal));

    private static RankedModelView View(ComparedAlgorithmView one, int rank, string metric)
    {
        MetricSummaryView? ranked = one.Metrics.GetValueOrDefault(metric);
        double? mean = one.Scores.Count > 0 ? one.Scores.Average() : null;
        return new RankedModelView(rank, one.Name, one.Problem is null ? mean : null, ranked?.StandardDeviation, one.Scores, one.FitSeconds, one.AgainstBest?.PValue, one.Problem);
    }
}
