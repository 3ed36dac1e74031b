using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Models;

/// <summary>The job kind <c>train</c>: carries out a run's plan on its dataset and leaves the model, its evaluation and the tested rows.</summary>
public sealed class TrainModel : IJobKind
{
    public const string ModelFileName = "model.strata";

    public const string EvaluationFileName = "evaluation.json";

    /// <summary>The report as a page; the same as JSON is <see cref="ReportDataFileName"/>.</summary>
    public const string ReportFileName = "report.html";

    public const string ReportDataFileName = "report.json";

    private const double PercentRead = 5;
    private const double PercentFitted = 70;
    private const double PercentJudged = 95;

    public string Name => RunHistory.TrainKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        TrainingPlan plan = work.PayloadAs<TrainingPlan>("plan");
        work.Progress(0, "Reading the table");
        TrainingTables tables = TrainingTables.Read(work);
        return Task.FromResult<JsonNode?>(Run(work, plan, work.Payload["preset"]?.GetValue<string>(), tables, cancellation));
    }

    private static JsonObject Run(JobWork work, TrainingPlan plan, string? presetName, TrainingTables tables, CancellationToken cancellation)
    {
        (PlannedTraining planned, IReadOnlyList<int>? originalRows) = Planned(plan, presetName, tables.Table);
        var curves = new FitCurves(new FitReport(work, PercentRead, PercentFitted));
        var context = new FitContext
        {
            Threads = work.Threads,
            Cancellation = cancellation,
            Clock = work.Clock,
            Checkpoints = work.Checkpoints,
            CheckpointEvery = work.CheckpointEvery,
            Progress = curves,
        };
        Log(work, [$"{planned.Table.RowCount} rows, {planned.Table.ColumnCount} columns; {(planned.Plan.Target is string target ? $"target '{target}'" : "no target")}, algorithm {planned.Plan.Algorithm}, seed {planned.Plan.Seed}, {work.Threads} threads.", .. planned.Notes]);
        work.Progress(PercentRead, "Training");
        TrainingOutcome outcome = Training.Run(planned.Plan, planned.Table, context, tables.Test, folds: work.Payload["folds"]?.GetValue<int>(), start: StartOf(work), validation: tables.Validation);
        return Leave(work, outcome, planned, tables.At(originalRows), presetName, new ReportFacts { Curves = curves.Series });
    }

    /// <summary>The plan and rows as the preset completes them, and where the rows stand in the dataset when it leaves some out.</summary>
    internal static (PlannedTraining Planned, IReadOnlyList<int>? OriginalRows) Planned(TrainingPlan plan, string? presetName, Frame table)
    {
        TablePreset? preset = presetName is null ? null : Solution.PresetOf(presetName) ?? throw new DataException($"There is no preset '{presetName}'.");
        return (preset is null ? new PlannedTraining(plan, table, null) : PlannedTraining.Of(preset, plan, table), preset?.Prepare(table).Rows);
    }

    /// <summary>Leaves a training's files, and returns what its job comes to.</summary>
    /// <param name="work">The job.</param>
    /// <param name="outcome">What the training gave.</param>
    /// <param name="planned">Plan and rows.</param>
    /// <param name="tables">Where the rows come from.</param>
    /// <param name="presetName">The preset that made them ready; null for none.</param>
    /// <param name="facts">What the report is told beside; null for nothing.</param>
    internal static JsonObject Leave(JobWork work, TrainingOutcome outcome, PlannedTraining planned, TrainingTables tables, string? presetName, ReportFacts? facts = null)
    {
        work.Progress(PercentJudged, "Writing the results");
        outcome = outcome with { LeakAudit = outcome.LeakAudit.With(tables.Findings) };
        Log(work, [.. tables.Notes, $"Fitted on {outcome.TrainingRows} rows in {outcome.FitTime.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s. {outcome.Split}", .. outcome.Notes, .. outcome.Evaluation.Notes, .. outcome.LeakAudit.Alarms.Select(finding => finding.ToString())]);
        WriteFiles(work, outcome, tables.Test ?? planned.Table, tables, presetName);
        RunReport.Of(outcome, planned.Table, FactsOf(work, facts ?? new ReportFacts(), presetName, [.. tables.Notes, .. planned.Notes])).Save(work.OutputPath(ReportFileName));
        return new JsonObject
        {
            ["algorithm"] = outcome.Plan.Algorithm,
            ["metrics"] = JsonText.NodeOf(outcome.Evaluation.Metrics),
            ["training_rows"] = outcome.TrainingRows,
            ["test_rows"] = outcome.Test.Table.RowCount,
            ["split"] = outcome.Split,
            ["fit_seconds"] = outcome.FitTime.TotalSeconds,
            ["leak_audit"] = JsonText.NodeOf(outcome.LeakAudit.Findings),
            ["notes"] = JsonText.NodeOf<IReadOnlyList<string>>([outcome.Split, .. tables.Notes, .. planned.Notes, .. outcome.Notes, .. outcome.Evaluation.Notes]),
        };
    }

    /// <summary>What a job's report is told of the job.</summary>
    internal static ReportFacts FactsOf(JobWork work, ReportFacts facts, string? presetName, IReadOnlyList<string> notes) => facts with
    {
        Title = work.Payload["name"]?.GetValue<string>(),
        TableName = work.Payload["dataset_name"]?.GetValue<string>(),
        Preset = presetName,
        Notes = notes,
        Context = new FitContext { Threads = work.Threads },
    };

    /// <summary>The weights that the training begins from; null to begin by chance.</summary>
    private static InitialWeights? StartOf(JobWork work)
    {
        if (!work.HasInput(StartWeights.Input))
        {
            return null;
        }

        StartWeights start = work.PayloadAs<StartWeights>(StartWeights.Input);
        string path = work.InputPath(StartWeights.Input);
        work.Log($"Beginning from the weights of '{start.Name}'.");
        return new InitialWeights(start.ModelId is null ? NetworkWeights.Read(path) : InitialWeights.Of(ModelFile.Load(path).Model), start.IsComparedWithChance);
    }

    internal static void Log(JobWork work, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            work.Log(line);
        }
    }

    private static void WriteFiles(JobWork work, TrainingOutcome outcome, Frame tested, TrainingTables tables, string? preset)
    {
        outcome.ToModelFile(work.Payload["name"]?.GetValue<string>(), preset).Save(work.OutputPath(ModelFileName));
        var evaluation = (JsonObject)JsonText.NodeOf(outcome.Evaluation)!;
        evaluation["importance"] = JsonText.NodeOf(outcome.Importance);
        evaluation["tree_importance"] = TreeImportanceOf(outcome);
        evaluation["worst_slices"] = JsonText.NodeOf(outcome.WorstSlices);
        evaluation["leak_audit"] = JsonText.NodeOf(outcome.LeakAudit.Findings);
        evaluation["interactions"] = JsonText.NodeOf(outcome.Interactions);
        evaluation["modalities"] = outcome.Modalities.Count == 0 ? null : JsonText.NodeOf(outcome.Modalities);
        evaluation["transfer"] = JsonText.NodeOf(outcome.Transfer);
        evaluation["cross_validated"] = JsonText.NodeOf(outcome.CrossValidated?.Metrics);
        File.WriteAllText(work.OutputPath(EvaluationFileName), evaluation.ToJsonString());
        int[] rows = outcome.Test.RowNumbers;
        TestedRowFiles.Write(
            work.OutputFolder, tested.Take(rows), [.. rows.Select(tables.NumberOfTested)], outcome.Test.Table.Target, outcome.TestPredictions, outcome.Test.Known?.Labels(rows.Length));
    }

    /// <summary>By the kinds' names; null for a model that is not of trees.</summary>
    private static JsonObject? TreeImportanceOf(TrainingOutcome outcome) => outcome.TreeImportance.Count == 0
        ? null
        : new JsonObject(outcome.TreeImportance.Select(pair => KeyValuePair.Create(JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Key.ToString()), JsonText.NodeOf(pair.Value))));

    /// <summary>Passes a fit's progress on as it comes, on the thread that fits.</summary>
    private sealed class FitReport(JobWork work, double from, double to) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            foreach ((string name, double metric) in value.Metrics)
            {
                work.Metric(name, value.Iteration, metric);
            }

            bool isLast = value.Step + 1 >= value.StepCount;
            string step = isLast ? "Testing, and measuring which columns matter" : $"Training, step {value.Step + 1} of {value.StepCount}";
            work.Progress(from + (to - from) * (value.Step + 1) / Math.Max(1, value.StepCount), step);
        }
    }
}
