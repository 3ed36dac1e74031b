using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary>The command <c>automl</c>: the best model in the time that is given, and a leaderboard of all that was tried.</summary>
internal static class AutomlCommand
{
    public const string Name = "automl";

    public static Command Automl(Terminal terminal)
    {
        var table = new TableArgument();
        var options = new PlanOptions();
        var study = new AutomlOptions();
        var test = new Option<string?>("--test") { Description = "A table of its own to test on, instead of rows held back." };
        var outPath = new Option<string>("--out") { Description = "Where the model file goes.", Required = true, HelpName = "MODEL.strata" };
        var boardPath = new Option<string?>("--leaderboard") { Description = "Where the leaderboard goes as JSON.", HelpName = "FILE.json" };
        var candidate = new Option<string?>("--candidate") { Description = "Write this row of the leaderboard as the model, instead of the ensemble.", HelpName = "NAME" };
        var portfolio = new Option<string?>("--portfolio") { Description = "A file of what to try instead of the usual, a line each, such as gradient_boosting(trees=200).", HelpName = "FILE" };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "A folder that keeps finished candidates: the same command goes on from there, also with more time.", HelpName = "FOLDER" };
        var distil = new Option<string?>("--distil") { Description = "Also write one small boosting model that learned to answer as the ensemble does.", HelpName = "SMALL.strata" };
        Option<string?> report = ReportCommand.ReportFile();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(Name, "Tries many algorithms and settings on folds of the training rows, weighs the best together, tests that model once on rows that nothing has learned from, and writes it.") { table.Path, test, outPath, boardPath, candidate, distil, report, portfolio, checkpoint, json };
        study.AddTo(command);
        options.AddForStudyTo(command);
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetStudy(terminal, (parsed, interrupts) =>
        {
            CancellationToken cancellation = interrupts.Cancelled;
            Frame rows = table.Of(parsed).Read(terminal, cancellation);
            PlannedTraining training = options.Read(parsed, rows, terminal);
            training = training with { Plan = study.Read(parsed, training.Plan) };
            string path = parsed.GetValue(outPath)!;
            if (training.Plan.TestSize == 0 && parsed.GetValue(test) is null && parsed.GetValue(distil) is not null)
            {
                throw new DataException("--distil needs rows to test the small model on: give a --test-size above 0, or a table with --test.");
            }

            CommandExplanation explanation = TableExplanations.OfTraining(training, table.Of(parsed), parsed.GetValue(test), path, folds: null, timeLimit: null, report: parsed.GetValue(report));
            if (parsed.GetValue(explain))
            {
                return explanation.Write(terminal);
            }

            Frame? testTable = parsed.GetValue(test) is string testPath ? training.PrepareLike(table.Of(parsed).At(testPath).Read(terminal, cancellation)) : null;
            string[] entries = parsed.GetValue(portfolio) is string listed ? [.. File.ReadLines(listed).Select(line => line.Trim()).Where(line => line.Length > 0)] : [];
            var context = new FitContext { Cancellation = cancellation, Checkpoints = parsed.GetValue(checkpoint) is string folder ? new FolderCheckpoint(folder) : null };
            TrainingOutcome trained = interrupts.Study(() => Training.Run(
                training.Plan, training.Table, context, testTable, withImportance: parsed.GetValue(report) is not null, adjust: recipe => (AutomlRecipe)recipe with { Watch = new CandidateLines(terminal), Portfolio = entries, Enough = interrupts.Enough }));
            var outcome = AutomlOutcome.Of(trained, context);
            WrittenFile.Write(path, (parsed.GetValue(candidate) is string name ? outcome.Candidate(name, context) : trained.ToModelFile(preset: training.Preset?.Name)).Save, cancellation);
            if (parsed.GetValue(distil) is string small)
            {
                HashSet<int> tested = testTable is null ? [.. trained.Test.RowNumbers] : [];
                Frame learned = training.Table.Take([.. Enumerable.Range(0, training.Table.RowCount).Where(row => !tested.Contains(row))]);
                ModelFile file = outcome.Distilled(learned, context);
                WrittenFile.Write(small, file.Save, cancellation);
                terminal.Note($"note: the small model has {outcome.Leaderboard.Metric} {Number(file.Card.Metrics.GetValueOrDefault(outcome.Leaderboard.Metric))} on the test rows, the ensemble {Number(outcome.Leaderboard.Ensemble.TestScore)}.");
            }

            if (parsed.GetValue(boardPath) is string board)
            {
                WrittenFile.Write(board, stream => JsonSerializer.Serialize(stream, outcome.Leaderboard, ModelFileJson.Options), cancellation);
            }

            if (parsed.GetValue(report) is string page)
            {
                ReportCommand.Save(terminal, RunReport.Of(trained, training.Table, ReportCommand.Facts(parsed, table.Of(parsed), explanation.CSharp, cancellation) with
                {
                    Kind = ReportKind.Automl,
                    Leaderboard = Ranking.Of(outcome.Leaderboard),
                    Preset = training.Preset?.Name,
                    Notes = training.Notes,
                }), page);
            }

            terminal.Notes(trained.Notes);
            LeakText.Write(terminal, trained.LeakAudit);
            terminal.Result(parsed.GetValue(json), Json(outcome, path), writer => Write(writer, outcome, path));
            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Json(AutomlOutcome outcome, string path) => new()
    {
        ["model"] = path,
        ["algorithm"] = AutomlRecipe.AlgorithmName,
        ["metric"] = outcome.Leaderboard.Metric,
        ["leaderboard"] = JsonSerializer.SerializeToNode(outcome.Leaderboard.Rows, ModelFileJson.Options),
        ["gain_over_linear"] = outcome.Leaderboard.GainOver(outcome.Leaderboard.Linear),
        ["gain_over_trivial"] = outcome.Leaderboard.GainOver(outcome.Leaderboard.Trivial),
        ["fit_seconds"] = outcome.Training.FitTime.TotalSeconds,
        ["training_rows"] = outcome.Training.TrainingRows,
        ["test_rows"] = outcome.Training.Test.Table.RowCount,
        ["split"] = outcome.Training.Split,
        ["metrics"] = JsonSerializer.SerializeToNode(outcome.Training.Evaluation.Metrics, ModelFileJson.Options),
        ["metric_intervals"] = JsonSerializer.SerializeToNode(outcome.Training.Evaluation.Intervals, ModelFileJson.Options),
        ["regions"] = JsonSerializer.SerializeToNode(outcome.Training.Evaluation.Regions, ModelFileJson.Options),
        ["notes"] = JsonSerializer.SerializeToNode(outcome.Training.Notes, ModelFileJson.Options),
        ["leak_audit"] = JsonSerializer.SerializeToNode(outcome.Training.LeakAudit.Findings, ModelFileJson.Options),
    };

    private static void Write(TextWriter writer, AutomlOutcome outcome, string path)
    {
        Leaderboard board = outcome.Leaderboard;
        writer.WriteLine($"Learned from {outcome.Training.TrainingRows} rows. {outcome.Training.Split}");
        writer.WriteLine();
        TextTable.Write(writer, ["CANDIDATE", $"VALIDATION {board.Metric.ToUpperInvariant()}", "TEST", "95% INTERVAL", "WEIGHT", "FIT S", "PREDICT US", "MB"], board.Rows.Where(row => row.Score is not null).Select(Row));
        foreach (LeaderboardRow row in board.Rows.Where(row => row.Reason is not null))
        {
            writer.WriteLine($"{row.Name}: {ChoiceOption.Name(row.State)}. {row.Reason}");
        }

        writer.WriteLine();
        WriteGain(writer, board, "the linear model", board.Linear);
        WriteGain(writer, board, "looking at no column", board.Trivial);
        writer.WriteLine();
        EvaluationText.Write(writer, outcome.Training.Evaluation);
        writer.WriteLine();
        writer.WriteLine($"The model is in {path}. Next: strata predict {path} TABLE --out predictions.csv");
    }

    private static void WriteGain(TextWriter writer, Leaderboard board, string what, LeaderboardRow? row)
    {
        if (board.GainOver(row) is double gain)
        {
            writer.WriteLine($"Better than {what} by {Number(gain)} {board.Metric}{(row!.TestScore is null ? string.Empty : " on the test rows")}.");
        }
    }

    private static IReadOnlyList<string> Row(LeaderboardRow row) =>
    [
        row.Name,
        Number(row.Score),
        Number(row.TestScore),
        row.TestLow is double low ? $"{Number(low)} to {Number(row.TestHigh)}" : string.Empty,
        row.Weight > 0 ? row.Weight.ToString("0.00", CultureInfo.InvariantCulture) : string.Empty,
        row.FitSeconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? string.Empty,
        row.PredictMicroseconds?.ToString("0", CultureInfo.InvariantCulture) ?? string.Empty,
        row.Bytes is long bytes ? (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) : string.Empty,
    ];

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>A line on standard error for every candidate that has ended, with the best so far and the time that is left.</summary>
    private sealed class CandidateLines(Terminal terminal) : IProgress<AutomlEvent>
    {
        public void Report(AutomlEvent value)
        {
            string came = double.IsFinite(value.Score) ? Number(value.Score) : $"{ChoiceOption.Name(value.State)}: {value.Reason}";
            string best = double.IsFinite(value.Best) ? $", best {Number(value.Best)}" : string.Empty;
            string left = double.IsFinite(value.SecondsLeft) ? string.Create(CultureInfo.InvariantCulture, $", {Math.Max(0, value.SecondsLeft):0} s left") : string.Empty;
            terminal.Note($"candidate {value.Done} of {value.Count}, {value.Candidate}: {came}{best}{left}");
        }
    }
}
