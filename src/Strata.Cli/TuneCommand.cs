using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Search;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The command <c>tune</c>: searches hyperparameters, and writes the model that the best of them give.</summary>
internal static class TuneCommand
{
    public static Command Tune(Terminal terminal)
    {
        var table = new TableArgument();
        var options = new PlanOptions();
        var search = new SearchOptions();
        var test = new Option<string?>("--test") { Description = "A table of its own to test on, instead of rows held back." };
        var study = new Option<string?>("--study") { Description = "The file that keeps the trials; the same command goes on from it. Without it, a file beside the model until that is written.", HelpName = "STUDY.jsonl" };
        var outPath = new Option<string>("--out") { Description = "Where the model file goes.", Required = true, HelpName = "MODEL.strata" };
        Option<bool> json = CommonOptions.Json();
        Option<string?> report = ReportCommand.ReportFile();
        var command = new Command("tune", "Searches good hyperparameters by cross-validation on training rows, fits the best on all of them, tests that model once on rows that no trial saw, and writes it.") { table.Path, test, study, outPath, report, json };
        options.AddTo(command);
        search.AddTo(command);

        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            Frame rows = table.Of(parsed).Read(terminal, cancellation);
            PlannedTraining training = options.Read(parsed, rows, terminal);
            TuningPlan plan = search.Read(parsed, training.Plan);
            string path = parsed.GetValue(outPath)!, studyPath = parsed.GetValue(study) ?? $"{path}.study.jsonl";
            CommandExplanation explanation = TableExplanations.OfTuning(plan, training, table.Of(parsed), parsed.GetValue(test), studyPath, path);
            if (parsed.GetValue(explain))
            {
                return explanation.Write(terminal);
            }

            Frame? testTable = parsed.GetValue(test) is string testPath ? training.PrepareLike(table.Of(parsed).At(testPath).Read(terminal, cancellation)) : null;
            var progress = new TrialLines(terminal);
            TuningOutcome outcome = Run(plan, training.Table, new FitContext { Cancellation = cancellation }, studyPath, progress, testTable, parsed.GetValue(report) is not null, terminal);
            WrittenFile.Write(path, outcome.Training.ToModelFile(preset: training.Preset?.Name).Save, cancellation);
            if (parsed.GetValue(study) is null)
            {
                File.Delete(studyPath);
            }

            terminal.Notes(outcome.Training.Notes);
            if (parsed.GetValue(report) is string reportPath)
            {
                ReportCommand.Save(terminal, RunReport.Of(outcome.Training, training.Table, ReportCommand.Facts(parsed, table.Of(parsed), explanation.CSharp, cancellation) with
                {
                    Kind = ReportKind.Tuning,
                    Leaderboard = Ranking.Of(outcome),
                    Preset = training.Preset?.Name,
                    Notes = training.Notes,
                }), reportPath);
            }

            terminal.Result(parsed.GetValue(json), Json(outcome, path), writer => Write(writer, outcome, path));
            return ExitCode.Done;
        });
        return command;
    }

    private static TuningOutcome Run(TuningPlan plan, Frame table, FitContext context, string studyPath, TrialLines progress, Frame? test, bool withImportance, Terminal terminal)
    {
        try
        {
            return Tuning.Run(plan, table, context, studyPath, progress, test, withImportance);
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested && File.Exists(studyPath))
        {
            terminal.Note($"{progress.Count} trials have ended{progress.BestSoFar}. They are kept in {studyPath}: the same command goes on from there.");
            throw;
        }
    }

    private static JsonObject Json(TuningOutcome outcome, string path) => new()
    {
        ["model"] = path,
        ["algorithm"] = outcome.Training.Plan.Algorithm,
        ["metric"] = outcome.Metric,
        ["best_trial"] = outcome.Best.Number,
        ["best_value"] = outcome.Best.Value,
        ["best_hyperparameters"] = new JsonObject(outcome.BestValues),
        ["importance"] = JsonSerializer.SerializeToNode(outcome.Importance, ModelFileJson.Options),
        ["trials"] = new JsonArray([.. outcome.Trials.Select(trial => Json(outcome.Space, trial))]),
        ["folds"] = outcome.Folds,
        ["fit_seconds"] = outcome.Training.FitTime.TotalSeconds,
        ["training_rows"] = outcome.Training.TrainingRows,
        ["test_rows"] = outcome.Training.Test.Table.RowCount,
        ["split"] = outcome.Training.Split,
        ["metrics"] = JsonSerializer.SerializeToNode(outcome.Training.Evaluation.Metrics, ModelFileJson.Options),
        ["notes"] = JsonSerializer.SerializeToNode(outcome.Training.Notes, ModelFileJson.Options),
    };

    private static JsonObject Json(SearchSpace space, Trial trial) => new()
    {
        ["trial"] = trial.Number,
        ["status"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(trial.Status.ToString()),
        ["value"] = double.IsFinite(trial.Value) ? trial.Value : null,
        ["hyperparameters"] = new JsonObject(space.Named(trial.Point)),
        ["seconds"] = trial.Duration.TotalSeconds,
        ["reason"] = trial.Reason,
    };

    private static void Write(TextWriter writer, TuningOutcome outcome, string path)
    {
        int Count(TrialStatus status) => outcome.Trials.Count(trial => trial.Status == status);
        writer.WriteLine($"{Count(TrialStatus.Completed)} trials completed, {Count(TrialStatus.Pruned)} pruned, {Count(TrialStatus.Failed)} failed; {outcome.Folds}");
        writer.WriteLine($"Best: trial {outcome.Best.Number} with {outcome.Metric} {Text(outcome.Best.Value)}");
        writer.WriteLine();
        Dictionary<string, double> shares = outcome.Importance.ToDictionary(importance => importance.Parameter, importance => importance.Share);
        TextTable.Write(writer, ["HYPERPARAMETER", "BEST", "EXPLAINS"], outcome.BestValues.Select(value =>
            (IReadOnlyList<string>)[value.Key, TrialLines.Short(value.Value), shares.TryGetValue(value.Key, out double share) ? share.ToString("0.00", CultureInfo.InvariantCulture) : string.Empty]));
        writer.WriteLine();
        writer.WriteLine($"Fitted with these on {outcome.Training.TrainingRows} rows. {outcome.Training.Split}");
        writer.WriteLine();
        EvaluationText.Write(writer, outcome.Training.Evaluation);
        writer.WriteLine();
        writer.WriteLine($"The model is in {path}. Next: strata predict {path} TABLE --out predictions.csv");
    }

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A line on standard error for every trial that has ended, with the best so far.</summary>
    private sealed class TrialLines(Terminal terminal) : IProgress<TuningProgress>
    {
        public int Count { get; private set; }

        public string BestSoFar { get; private set; } = string.Empty;

        public void Report(TuningProgress value)
        {
            Count = value.Ended;
            BestSoFar = value.Best is Trial best ? $", best {Text(best.Value)} by trial {best.Number}" : string.Empty;
            string came = value.Trial.Status == TrialStatus.Completed ? Text(value.Trial.Value) : $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(value.Trial.Status.ToString())}: {value.Trial.Reason}";
            string settings = string.Join(" ", value.Values.Select(pair => $"{pair.Key}={Short(pair.Value)}"));
            terminal.Note($"trial {value.Trial.Number} ({Count}{(value.Most is int most ? $" of {most}" : string.Empty)}): {came}{BestSoFar}  {settings}");
        }

        internal static string Short(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) ? number.ToString("G6", CultureInfo.InvariantCulture) : node?.ToString() ?? string.Empty;
    }
}
