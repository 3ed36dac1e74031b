using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Models;

/// <summary>The job kind <c>automl</c>: compares algorithms, tunes the best of them, and leaves what a training leaves, with the comparison and the trials beside. One time limit holds for all.</summary>
public sealed class ChooseModel : IJobKind
{
    private const double PercentRead = 5;
    private const double PercentCompared = 50;
    private const double PercentTuned = 90;

    public string Name => RunHistory.AutomlKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        ChoicePlan choice = work.PayloadAs<ChoicePlan>("automl");
        TrainingPlan plan = work.PayloadAs<TrainingPlan>("plan") with { Algorithm = choice.Training.Algorithm };
        work.Progress(0, "Reading the table");
        TrainingTables tables = TrainingTables.Read(work);
        string? presetName = work.Payload["preset"]?.GetValue<string>();
        (PlannedTraining planned, IReadOnlyList<int>? originalRows) = TrainModel.Planned(plan, presetName, tables.Table);
        TrainModel.Log(work, [$"Choosing an algorithm on {planned.Table.RowCount} rows, {choice.Folds} folds, {work.Threads} threads.", .. planned.Notes]);
        work.Progress(PercentRead, "Comparing");
        var context = new FitContext { Threads = work.Threads, Cancellation = cancellation, Clock = work.Clock, Progress = new ComparisonProgress(work) };
        AlgorithmChoice chosen = AlgorithmChoice.Run(
            choice with { Training = planned.Plan }, planned.Table, context, new CompareAlgorithms.FoldReports(work), new TrialReports(work, choice.TimeLimit, PercentCompared, PercentTuned), tables.Test, tables.Validation);
        WriteFiles(work, chosen);
        JsonObject result = TrainModel.Leave(work, chosen.Training, planned, tables.At(originalRows), presetName, new ReportFacts { Kind = ReportKind.Automl, Leaderboard = Leaderboard.Of(chosen.Comparison) });
        result["best"] = chosen.Best.Name;
        if (chosen.Tuning is not null)
        {
            result["best_hyperparameters"] = new JsonObject(chosen.Tuning.Space.Named(chosen.Tuning.Best.Point));
        }

        return Task.FromResult<JsonNode?>(result);
    }

    private static void WriteFiles(JobWork work, AlgorithmChoice chosen)
    {
        TrainModel.Log(work, chosen.Comparison.Algorithms.Where(one => one.Problem is not null).Select(one => $"{one.Name}: {one.Problem}."));
        File.WriteAllBytes(work.OutputPath(CompareAlgorithms.ComparisonFileName), JsonText.BytesOf(chosen.Comparison));
        if (chosen.Tuning is not null)
        {
            File.WriteAllText(work.OutputPath(TuneModel.TuningFileName), TuneModel.Describe(chosen.Tuning).ToJsonString());
        }
    }

    private sealed class ComparisonProgress(JobWork work) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => work.Progress(PercentRead + (PercentCompared - PercentRead) * (value.Step + 1) / Math.Max(1, value.StepCount), "Comparing");
    }
}
