using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Search;
using Strata.Learning.Search.Analysis;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Models;

/// <summary>
/// The job kind <c>tune</c>: searches a plan's hyperparameters and leaves what a training leaves, with the trials beside. The trials are the attempt's checkpoint, so that the next
/// attempt goes on behind them.
/// </summary>
public sealed class TuneModel : IJobKind
{
    public const string TuningFileName = "tuning.json";

    private const string StudyFileName = "study.jsonl";
    private const double PercentRead = 5;
    private const double PercentSearched = 90;

    public string Name => RunHistory.TuneKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        TuningPlan tuning = PlanOf(work.PayloadAs<TrainingPlan>("plan"), work.Payload["tuning"] as JsonObject ?? []);
        work.Progress(0, "Reading the table");
        TrainingTables tables = TrainingTables.Read(work);
        string? presetName = work.Payload["preset"]?.GetValue<string>();
        (PlannedTraining planned, IReadOnlyList<int>? originalRows) = TrainModel.Planned(tuning.Training, presetName, tables.Table);
        tuning = tuning with { Training = planned.Plan };
        TrainModel.Log(work, [$"Searching the hyperparameters of {planned.Plan.Algorithm} on {planned.Table.RowCount} rows, {tuning.Folds} folds, {work.Threads} threads.", .. planned.Notes]);
        work.Progress(PercentRead, "Searching");
        var context = new FitContext { Threads = work.Threads, Cancellation = cancellation, Clock = work.Clock, Checkpoints = work.Checkpoints };
        TuningOutcome outcome = Tuning.Run(tuning, planned.Table, context, work.OutputPath(StudyFileName), new TrialReports(work, tuning.TimeLimit, PercentRead, PercentSearched), tables.Test, validation: tables.Validation);
        work.Log($"Best: trial {outcome.Best.Number} with {outcome.Metric} {Text(outcome.Best.Value)}. {outcome.Folds}");
        File.WriteAllText(work.OutputPath(TuningFileName), Describe(outcome).ToJsonString());
        JsonObject result = TrainModel.Leave(work, outcome.Training, planned, tables.At(originalRows), presetName, new ReportFacts { Kind = ReportKind.Tuning, Leaderboard = Ranking.Of(outcome) });
        result["best_hyperparameters"] = new JsonObject(outcome.Space.Named(outcome.Best.Point));
        return Task.FromResult<JsonNode?>(result);
    }

    /// <summary>The tuning plan of a training plan and the settings of the search, as a request has them.</summary>
    /// <exception cref="DataException">A setting cannot be understood.</exception>
    public static TuningPlan PlanOf(TrainingPlan training, JsonObject settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var whole = (JsonObject)settings.DeepClone();
        whole["training"] = JsonText.NodeOf(training);
        try
        {
            return JsonText.Read<TuningPlan>(whole.ToJsonString());
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new DataException($"The tuning cannot be understood: {e.Message}", e);
        }
    }

    internal static JsonObject Describe(TuningOutcome outcome) => new()
    {
        ["metric"] = outcome.Metric,
        ["direction"] = JsonText.NodeOf(outcome.Direction),
        ["best_trial"] = outcome.Best.Number,
        ["best_value"] = outcome.Best.Value,
        ["best_hyperparameters"] = new JsonObject(outcome.Space.Named(outcome.Best.Point)),
        ["folds"] = outcome.Folds,
        ["axes"] = JsonText.NodeOf(StudyPlots.Parallel(outcome.Space, outcome.Trials).Axes),
        ["importance"] = new JsonArray([.. outcome.Importance.Select(importance => new JsonObject { ["parameter"] = importance.Parameter, ["share"] = importance.Share })]),
        ["trials"] = new JsonArray([.. outcome.Trials.Zip(StudyPlots.History(outcome.Trials, outcome.Direction), (trial, point) => Describe(outcome.Space, trial, point.Best))]),
    };

    private static JsonObject Describe(SearchSpace space, Trial trial, double best) => new()
    {
        ["number"] = trial.Number,
        ["status"] = JsonText.NodeOf(trial.Status),
        ["value"] = double.IsFinite(trial.Value) ? trial.Value : null,
        ["best"] = double.IsFinite(best) ? best : null,
        ["hyperparameters"] = new JsonObject(space.Named(trial.Point)),
        ["seconds"] = trial.Duration.TotalSeconds,
        ["reason"] = trial.Reason,
    };

    internal static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
