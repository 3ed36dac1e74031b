using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Automl;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Platform.Models;

/// <summary>
/// The job kind <c>automl</c>: looks for the best model in the time that is given, and leaves what a training leaves with the leaderboard beside. Each finished candidate is a part of the attempt's
/// checkpoint, so that the next attempt fits none of them again; somebody who has enough gets what is ready.
/// </summary>
public sealed class ChooseModel : IJobKind
{
    public const string LeaderboardFileName = "leaderboard.json";

    /// <summary>The finished candidates, by which another run goes on where this one ended.</summary>
    public const string StudyFileName = StudyFile.FileName;

    /// <summary>The series with the score of each candidate, and with the best score so far, by the number of candidates that have ended.</summary>
    public const string CandidateSeries = "candidate", BestSeries = "best";

    private const double PercentRead = 5;
    private const double PercentTried = 90;
    private const double LeastSeconds = 2;

    public string Name => RunHistory.AutomlKind;

    public bool FinishesEarly => true;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Progress(0, "Reading the table");
        TrainingTables tables = TrainingTables.Read(work);
        string? presetName = work.Payload["preset"]?.GetValue<string>();
        (PlannedTraining planned, IReadOnlyList<int>? originalRows) = TrainModel.Planned(work.PayloadAs<TrainingPlan>("plan"), presetName, tables.Table);
        TrainModel.Log(work, [$"Looking for the best model on {planned.Table.RowCount} rows, {planned.Table.ColumnCount} columns, {work.Threads} threads.", .. planned.Notes]);
        StudyFile.Restore(work);
        work.Progress(PercentRead, "Trying candidates");
        if (work.Attempt > 1)
        {
            work.Log(string.Create(CultureInfo.InvariantCulture, $"Earlier attempts have taken {work.Worked.TotalSeconds:0} s of the time."));
        }

        var context = new FitContext { Threads = work.Threads, Cancellation = cancellation, Clock = work.Clock, Checkpoints = work.Checkpoints, CheckpointEvery = work.CheckpointEvery };
        TrainingOutcome trained = Training.Run(
            planned.Plan, planned.Table, context, tables.Test, validation: tables.Validation, adjust: recipe => InTimeLeft((AutomlRecipe)recipe, work.Worked) with { Watch = new CandidateReports(work), Enough = work.Enough });
        AutomlOutcome outcome = AutomlOutcome.Of(trained, context);
        DurableFile.Write(work.OutputPath(LeaderboardFileName), JsonText.BytesOf(outcome.Leaderboard));
        StudyFile.Keep(work);
        JsonObject result = TrainModel.Leave(work, trained, planned, tables.At(originalRows), presetName, new ReportFacts { Kind = ReportKind.Automl, Leaderboard = Ranking.Of(outcome.Leaderboard) });
        result["best"] = outcome.Leaderboard.Rows.Skip(1).FirstOrDefault(row => row.Score is not null)?.Name;
        return Task.FromResult<JsonNode?>(result);
    }

    /// <summary>The recipe with the time that earlier attempts have left of its own, and at least enough to put together what they finished.</summary>
    internal static AutomlRecipe InTimeLeft(AutomlRecipe recipe, TimeSpan worked) =>
        recipe.Deterministic ? recipe : recipe with { TimeLimit = Math.Max(Math.Min(LeastSeconds, recipe.TimeLimit), recipe.TimeLimit - worked.TotalSeconds) };

    /// <summary>Each candidate that has ended as a point of both series, a line of the log, and a row of the leaderboard that stands until the end.</summary>
    private sealed class CandidateReports(JobWork work) : IProgress<AutomlEvent>
    {
        private readonly Dictionary<string, LeaderboardRow> rows = new(StringComparer.Ordinal);

        public void Report(AutomlEvent value)
        {
            if (value.Row is not null)
            {
                rows[value.Candidate] = value.Row;
                DurableFile.Write(work.OutputPath(LeaderboardFileName), JsonText.BytesOf(Leaderboard.SoFar(value.Metric, value.HigherIsBetter, rows.Values)));
            }

            bool isScored = double.IsFinite(value.Score);
            if (isScored)
            {
                work.Metric(CandidateSeries, value.Done, value.Score);
            }

            if (double.IsFinite(value.Best))
            {
                work.Metric(BestSeries, value.Done, value.Best);
            }

            work.Log($"{value.Candidate}, layer {value.Layer}: {(isScored ? Text(value.Score) : $"{JsonText.NameOf(value.State)}{(value.Reason is null ? string.Empty : $" ({value.Reason})")}")}");
            string best = double.IsFinite(value.Best) ? $", best {Text(value.Best)}" : string.Empty;
            string left = double.IsFinite(value.SecondsLeft) ? string.Create(CultureInfo.InvariantCulture, $", {Math.Max(0, value.SecondsLeft):0} s left") : string.Empty;
            work.Progress(PercentRead + (PercentTried - PercentRead) * value.Done / Math.Max(1, value.Count), $"Trying candidates, {value.Done} of {value.Count}{best}{left}");
        }

        private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
    }
}
