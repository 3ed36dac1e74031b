using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Learning.Validation;

namespace Strata.Bench.Automl;

/// <summary>Cross-validates every candidate on every table, one line of JSON each; what a file has already is not run again, so that it can be stopped and gone on with.</summary>
internal static class PortfolioRuns
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static int Run(string[] args)
    {
        var options = new Options(args);
        if (options.Text("data") is not string data || options.Text("out") is not string path)
        {
            Console.Error.WriteLine("portfolio-runs needs --data DIR with the tables of the AutoML benchmark, and --out FILE for its lines; --rows N takes a part of larger tables.");
            return 2;
        }

        string[] candidates = [.. NamedCandidate.Read(options.Text("candidates")).Select(candidate => candidate.Recipe)];
        HashSet<(string, string)> done = [.. Read(path).Select(run => (run.Table, run.Candidate))];
        int folds = options.Number("folds", 5), threads = options.Number("threads", Environment.ProcessorCount), most = options.Number("limit", 60);
        foreach (AutomlTable table in AutomlTable.Named(options.Text("tables")))
        {
            TrainingTable rows = AtMost(table.Read(data), options.Number("rows", 5_000));
            foreach (string candidate in candidates.Where(candidate => !done.Contains((table.Name, candidate))))
            {
                PortfolioRun run = RunOne(table.Name, candidate, rows, folds, threads, TimeSpan.FromSeconds(most));
                File.AppendAllLines(path, [JsonSerializer.Serialize(run, Snake)]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Name,-20} {run.Score,10:0.00000} {run.Seconds,7:0.0} s  {candidate} {run.Problem}"));
            }
        }

        return 0;
    }

    /// <summary>The lines of a file; none where there is no file yet.</summary>
    public static IReadOnlyList<PortfolioRun> Read(string path) => File.Exists(path) ? [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<PortfolioRun>(line, Snake)!)] : [];

    /// <summary>The table, or a part of so many rows where it has more: large tables would take most of the time and tell no more than small ones.</summary>
    private static TrainingTable AtMost(TrainingTable table, int rows) =>
        table.RowCount <= rows ? table : table.Take(RowSplits.HoldOut(table, rows / (double)table.RowCount, seed: 0).Split.Test);

    private static PortfolioRun RunOne(string name, string candidate, TrainingTable rows, int folds, int threads, TimeSpan most)
    {
        Metric metric = AutomlTable.MetricOf(rows.Target.Task);
        using var limit = new CancellationTokenSource(most);
        long started = Stopwatch.GetTimestamp();
        (double? score, string? problem) = (null, null);
        try
        {
            MemberText member = MemberText.ReadList(candidate)[0];
            Algorithm algorithm = Algorithms.Named(member.Algorithm);
            if (algorithm.Tasks.Contains(rows.Target.Task))
            {
                CrossValidation result = CrossValidation.Run(
                    algorithm.Prepared(algorithm.Recipe(member.Hyperparameters)), rows, folds, new FitContext { Seed = 1, Threads = threads, Cancellation = limit.Token }, [metric]);
                score = metric.Of(result.OutOfFold, rows.Target, rows.Weights);
            }
            else
            {
                problem = "another task";
            }
        }
        catch (OperationCanceledException)
        {
            problem = "took too long";
        }
        catch (DataException e)
        {
            problem = e.Message;
        }

        return new PortfolioRun(name, candidate, metric.Name, score is double number && double.IsFinite(number) ? number : null, Stopwatch.GetElapsedTime(started).TotalSeconds, problem);
    }
}
