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
    public static RunView View(this Run run, StrataPlatform platform) => run.View(platform.Jobs.Get(run.JobId!));

    public static RunView View(this Run run, Job job) => new(
        run.Id,
        run.Name,
        run.DatasetId ?? string.Empty,
        run.DatasetName ?? string.Empty,
        run.Preset,
        JsonText.Read<TrainingPlan>(run.Plan!.ToJsonString()).View(),
        job.View(),
        run.Metrics.ToDictionary(metric => metric.Key, metric => (double?)metric.Value),
        run.ModelId,
        run.Notes,
        run.CreatedAt,
        run.Project,
        StartOf(job));

    private static StartView? StartOf(Job job) =>
        job.Payload[StartWeights.Input] is JsonNode node && JsonText.Read<StartWeights>(node.ToJsonString()) is var start ? new StartView(start.Name, start.ModelId, start.IsComparedWithChance) : null;

    public static MetricSeries View(this Platform.Runs.MetricSeries series) =>
        new(series.Name, [.. series.Points.Select(point => new double?[] { point.Step, point.Value })]);

    public static TestRows View(this TestedRowPage page) => new(page.Columns, [.. page.Items.Select(row => View(row, page.Classes))], page.Total);

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
