using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Validation.Comparison;
using Strata.Learning.Workflow;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Models;

/// <summary>The job kind <c>benchmark</c>: measures several models on the same dataset, its target known: metrics with intervals, differences, time a row and size.</summary>
public sealed class BenchmarkModels : IJobKind
{
    public const string KindName = "benchmark";

    public const string ResultFileName = "benchmark.json";

    private const double PercentRead = 5;
    private const double PercentMeasured = 80;

    public string Name => KindName;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        BenchmarkEntry[] entries = work.PayloadAs<BenchmarkEntry[]>("models");
        var notes = new List<string>(work.PayloadAs<string[]>("notes"));
        work.Progress(0, "Reading the table");
        Frame table = TrainingTables.FrameOf(work, "table");
        var measured = new List<Measured>();
        for (int i = 0; i < entries.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            work.Progress(PercentRead + (PercentMeasured - PercentRead) * i / entries.Length, $"Measuring {entries[i].Name}");
            measured.Add(Measure(work, entries[i], InputOf(i), table, work.Payload["metric"]?.GetValue<string>(), cancellation));
        }

        Measured[] done = [.. measured.Where(one => one.Rows is not null)];
        if (done.Length == 0)
        {
            throw new DataException([.. measured.Select(one => $"{one.Model.Entry.Name}: {one.Model.Problem}")]);
        }

        work.Progress(PercentMeasured, "Comparing");
        BenchmarkOutcome outcome = Rank(done, [.. measured.Where(one => one.Rows is null).Select(one => one.Model)], table.RowCount, work.Payload["metric"]?.GetValue<string>(), notes, cancellation);
        TrainModel.Log(work, [.. outcome.Models.Select(model => Told(model, outcome.Metric)), .. outcome.Notes]);
        File.WriteAllBytes(work.OutputPath(ResultFileName), JsonText.BytesOf(outcome));
        return Task.FromResult<JsonNode?>(new JsonObject { ["best"] = outcome.Models[0].Entry.ModelId, ["metric"] = outcome.Metric });
    }

    /// <summary>By what name the worker knows a model's file.</summary>
    internal static string InputOf(int place) => string.Create(CultureInfo.InvariantCulture, $"model-{place}");

    private static Measured Measure(JobWork work, BenchmarkEntry entry, string input, Frame table, string? metric, CancellationToken cancellation)
    {
        try
        {
            using FileStream stream = File.OpenRead(work.InputPath(input));
            ModelFile file = ModelFile.Load(stream);
            PlannedTable rows = RowsFor(file, table);
            long began = work.Clock.GetTimestamp();
            Predictions predictions = file.Model.Predict(rows.Table.Features, work.Threads);
            double milliseconds = work.Clock.GetElapsedTime(began).TotalMilliseconds / rows.Table.RowCount;
            return new Measured(
                new BenchmarkedModel
                {
                    Entry = entry,
                    RowCount = rows.Table.RowCount,
                    Metrics = rows.Judge(predictions, file.Model, metric is null ? [] : [metric]).Metrics,
                    Intervals = MetricIntervals.Of(predictions, rows.Table.Target, rows.Table.Weights, rows.Table.Groups, further: metric is null ? null : [Metric.Named(metric)], cancellation: cancellation),
                    Latency = SingleRowLatency.Of(file.Model, rows.Table.Features, work.Clock),
                    BatchMilliseconds = milliseconds,
                    Notes = rows.Notes,
                },
                rows,
                predictions);
        }
        catch (DataException e)
        {
            return new Measured(new BenchmarkedModel { Entry = entry, Problem = e.Message }, null, null);
        }
    }

    private static PlannedTable RowsFor(ModelFile file, Frame table)
    {
        ModelSignature signature = file.Model.Signature;
        if (!table.Contains(signature.Target))
        {
            throw new DataException($"The dataset has no column '{signature.Target}', which the model predicts.");
        }

        PlannedTable rows = PlannedTable.Like(new TrainingPlan { Target = signature.Target, Group = file.Card.Plan?["group"]?.GetValue<string>() }, PlannedTraining.PrepareLike(file.Card, table), signature);
        return rows.Table.RowCount > 0 ? rows : throw new DataException($"No row of the dataset has a '{signature.Target}'.");
    }

    private static BenchmarkOutcome Rank(Measured[] done, BenchmarkedModel[] failed, int rowCount, string? asked, List<string> notes, CancellationToken cancellation)
    {
        LearningTask task = done[0].Rows!.Table.Target.Task;
        Metric metric = asked is null ? Metric.DefaultFor(task) : Metric.Named(asked, task);
        double Score(Measured one) => one.Model.Metrics.GetValueOrDefault(metric.Name, double.NaN) * (metric.HigherIsBetter ? -1 : 1);
        Measured[] ranked = [.. done.OrderBy(one => double.IsNaN(Score(one))).ThenBy(Score)];
        Measured best = ranked[0];
        var models = new List<BenchmarkedModel> { best.Model };
        foreach (Measured one in ranked.Skip(1))
        {
            cancellation.ThrowIfCancellationRequested();
            models.Add(one.Model with { AgainstBest = Against(one, best, metric, notes) });
        }

        return new BenchmarkOutcome(metric.Name, metric.HigherIsBetter, rowCount, [.. models, .. failed], [.. notes.Distinct()]);
    }

    private static Difference? Against(Measured one, Measured best, Metric metric, List<string> notes)
    {
        if (!one.Rows!.RowNumbers.AsSpan().SequenceEqual(best.Rows!.RowNumbers))
        {
            notes.Add($"{one.Model.Entry.Name} was measured on other rows than the best, so that no difference is told.");
            return null;
        }

        try
        {
            return PairedBootstrap.Of(metric, one.Predictions!, best.Predictions!, best.Rows.Table.Target, best.Rows.Table.Weights, best.Rows.Table.Groups);
        }
        catch (DataException e)
        {
            notes.Add($"{one.Model.Entry.Name} could not be compared with the best: {e.Message}");
            return null;
        }
    }

    private static string Told(BenchmarkedModel model, string metric) => model.Problem is string problem
        ? $"{model.Entry.Name}: {problem}"
        : string.Create(CultureInfo.InvariantCulture, $"{model.Entry.Name}: {metric} {model.Metrics.GetValueOrDefault(metric, double.NaN):0.####}, a single row {model.Latency!.Median:0.###} ms, {model.Entry.Bytes} bytes.");

    /// <summary>A model with its rows and predictions, while they are compared.</summary>
    private sealed record Measured(BenchmarkedModel Model, PlannedTable? Rows, Predictions? Predictions);
}
