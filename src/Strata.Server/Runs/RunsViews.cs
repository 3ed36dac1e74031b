using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Jobs;
using MetricSeries = Strata.Client.Contracts.MetricSeries;

namespace Strata.Server.Runs;

internal static class RunsViews
{
    public static RunView View(this Run run, StrataPlatform platform) => run.View(run.JobId is null ? null : platform.Jobs.Get(run.JobId));

    public static RunView View(this Run run, Job? job) => new(
        run.Id,
        run.Name,
        run.DatasetId ?? string.Empty,
        run.DatasetName ?? (run.Inputs is [var first, ..] ? first.Name : string.Empty),
        run.Preset,
        run.Plan is null ? null : JsonText.Read<TrainingPlan>(run.Plan.ToJsonString()).View(),
        job?.View(),
        run.Metrics.ToDictionary(metric => metric.Key, metric => (double?)metric.Value),
        run.ModelId,
        run.Notes,
        run.CreatedAt,
        run.Project,
        run.ExperimentId,
        run.Parameters,
        run.Tags,
        job is null ? run.Reported() : null,
        job is null ? null : StartOf(job));

    private static StartView? StartOf(Job job) =>
        job.Payload[StartWeights.Input] is JsonNode node && JsonText.Read<StartWeights>(node.ToJsonString()) is var start ? new StartView(start.Name, start.ModelId, start.IsComparedWithChance) : null;

    public static ExperimentView View(this Experiment experiment, ExperimentActivity activity) => new(
        experiment.Id,
        experiment.Name,
        experiment.Project,
        activity.Runs,
        activity.Running,
        activity.Last > experiment.CreatedAt ? activity.Last : experiment.CreatedAt,
        experiment.CreatedAt,
        experiment.Tags);

    public static MetricSeries View(this Platform.Runs.MetricSeries series) =>
        new(series.Name, [.. series.Points.Select(point => new double?[] { point.Step, point.Value })]);

    public static TestRows View(this TestedRowPage page) => new(page.Columns, [.. page.Items.Select(row => View(row, page.Classes))], page.Total);

    private static ReportedRunView Reported(this Run run) => new(
        run.Status.To<Client.Contracts.RunStatus>(),
        run.UserId,
        run.StartedAt,
        run.EndedAt,
        [.. run.Inputs.Select(input => new ReportedDatasetView(input.Name, input.Digest, input.Source, input.Tags.GetValueOrDefault(DatasetInput.ContextTag)))]);

    private static TestRow View(TestedRow row, IReadOnlyList<string> classes) => new(
        row.Row,
        row.Values,
        ValueOf(row.Truth, classes),
        ValueOf(row.Prediction, classes),
        row.Probabilities,
        row.Loss);

    private static PredictedValue ValueOf(string text, IReadOnlyList<string> classes) =>
        classes.Count > 0 ? new PredictedValue(text) : new PredictedValue(double.Parse(text, CultureInfo.InvariantCulture));
}
