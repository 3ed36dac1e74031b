using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;

namespace Strata.Bench.Automl;

/// <summary>
/// AutoML on the first of ten stratified folds of each table (seed 0), with a portfolio that was learned without the table where the runs of <see cref="PortfolioRuns"/> are given. One line of JSON a
/// fold; those that a file has already are not run again.
/// </summary>
internal static class AutomlBench
{
    private const int FoldCount = 10;
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static int Run(string[] args)
    {
        var options = new Options(args);
        if (options.Text("data") is not string data || options.Text("out") is not string path)
        {
            Console.Error.WriteLine("automl needs --data DIR with the tables of the AutoML benchmark, and --out FILE for its lines; --boards FILE takes the leaderboards.");
            return 2;
        }

        IReadOnlyList<PortfolioRun> runs = options.Text("runs") is string known ? PortfolioRuns.Read(known) : [];
        int seconds = options.Number("seconds", 120);
        string preset = options.Text("preset") ?? "best";
        HashSet<(string, int, int, string)> done = [.. (File.Exists(path) ? File.ReadLines(path) : []).Select(line => JsonSerializer.Deserialize<AutomlScore>(line, Snake)!).Select(score => (score.Table, score.Fold, score.Limit, score.Preset))];
        foreach (AutomlTable table in AutomlTable.Named(options.Text("tables")))
        {
            TrainingTable rows = table.Read(data);
            IReadOnlyList<RowSplit> folds = RowSplits.Folds(rows, FoldCount, seed: 0).Folds;
            foreach (int fold in Enumerable.Range(0, options.Number("folds", 3)).Where(fold => !done.Contains((table.Name, fold, seconds, preset))))
            {
                AutomlRecipe recipe = RecipeOf(preset, seconds, rows.Target.Task) with { Portfolio = PortfolioFor(table, rows.Target.Task, runs) };
                AutomlScore score = RunOne(table.Name, fold, seconds, preset, recipe, rows.Take(folds[fold].Train), rows.Take(folds[fold].Test), options.Number("threads", Environment.ProcessorCount), options.Text("boards"));
                File.AppendAllLines(path, [JsonSerializer.Serialize(score, Snake)]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score.Table,-20} fold {fold}  {score.Metric,-8} {score.Score:0.00000}  {score.FitSeconds:0.0} s, {score.Candidates} candidates, {score.Megabytes} MB"));
            }
        }

        return 0;
    }

    private static AutomlRecipe RecipeOf(string preset, int seconds, LearningTask task) => (AutomlRecipe)Algorithms.Named(AutomlRecipe.AlgorithmName).Recipe(new Dictionary<string, JsonNode?>
    {
        ["preset"] = preset,
        ["time_limit"] = seconds,
        ["metric"] = AutomlTable.MetricOf(task).Name,
    });

    private static IReadOnlyList<string> PortfolioFor(AutomlTable table, LearningTask task, IReadOnlyList<PortfolioRun> runs) =>
        runs.Count == 0 ? [] : PortfolioLearning.Learn(runs, table.Name, length: 40)[task.IsClassification() ? PortfolioLearning.Classification : PortfolioLearning.Regression];

    private static AutomlScore RunOne(string name, int fold, int limit, string preset, AutomlRecipe recipe, TrainingTable train, TrainingTable test, int threads, string? boards)
    {
        var context = new FitContext { Seed = 1, Threads = threads };
        long started = Stopwatch.GetTimestamp();
        AutomlModel model = recipe.Fit(train, context);
        double fitted = Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        Predictions predictions = model.Predict(test.Features, threads);
        double predicted = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (boards is not null)
        {
            File.AppendAllLines(boards, BoardOf(name, fold, model));
        }

        Metric metric = AutomlTable.MetricOf(train.Target.Task);
        return new AutomlScore(name, fold, limit, preset, metric.Name, metric.Of(predictions, test.Target), model.Leaderboard.Ensemble.Score, fitted, predicted, model.Leaderboard.Rows.Count, (int)(Process.GetCurrentProcess().PeakWorkingSet64 >> 20));
    }

    /// <summary>The leaderboard and what the study noted, a line each.</summary>
    private static IEnumerable<string> BoardOf(string name, int fold, AutomlModel model) =>
    [
        $"{name} fold {fold}",
        .. model.Leaderboard.Rows.Where(row => row.Score is not null).Select(row => string.Create(CultureInfo.InvariantCulture, $"  {row.Name,-50} {row.Score:0.00000}  weight {row.Weight:0.00}  {row.FitSeconds:0.0} s")),
        .. model.Notes.Concat(model.Leaderboard.Rows.Where(row => row.Score is null).Select(row => $"{row.Name}: {row.Reason}")).Select(line => $"  {line}"),
    ];

    /// <summary>What came of one fold; the score on its rows, and of those that were learned from what the ensemble was chosen by.</summary>
    private sealed record AutomlScore(string Table, int Fold, int Limit, string Preset, string Metric, double Score, double? Validation, double FitSeconds, double PredictSeconds, int Candidates, int Megabytes);
}
