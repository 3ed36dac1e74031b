using System.Diagnostics;
using System.Globalization;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Validation;
using Strata.Learning.Workflow;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>How far comparisons and searches overrun their time, and how soon a training ends when it is cancelled, for each algorithm on a table that is too large for the time.</summary>
internal static class LimitsBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 200_000), columns = options.Number("columns", 50), threads = options.Number("threads", Environment.ProcessorCount);
        double budget = options.Number("budget", 3);
        var asked = (options.Text("algorithms") ?? string.Join(',', Algorithms.All.Select(algorithm => algorithm.Name))).Split(',', StringSplitOptions.TrimEntries);
        Frame table = Generate(rows, columns);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} x {columns}, {threads} threads, budget {budget} s, trainings cancelled after {budget / 2} s; seconds"));
        Console.WriteLine("| algorithm | compare overran by | tune overran by | train ended after cancel |");
        Console.WriteLine("|---|---|---|---|");
        foreach (Algorithm algorithm in asked.Select(Algorithms.Named))
        {
            var plan = new TrainingPlan
            {
                Target = !algorithm.NeedsTarget ? null : algorithm.Tasks.Contains(LearningTask.BinaryClassification) ? "class" : "amount",
                Algorithm = algorithm.Name,
                Drop = !algorithm.NeedsTarget ? ["class", "amount"] : algorithm.Tasks.Contains(LearningTask.BinaryClassification) ? ["amount"] : ["class"],
                Threads = threads,
            };
            bool isCompared = algorithm.NeedsTarget && algorithm.Name != Baseline.AlgorithmName;
            string compared = isCompared ? Overrun(budget, () => Compare(plan, table, budget)) : "-";
            string tuned = isCompared ? Overrun(budget, () => Tune(plan, table, budget)) : "-";
            Console.WriteLine($"| {algorithm.Name} | {compared} | {tuned} | {Cancelled(plan, table, budget / 2)} |");
        }

        return 0;
    }

    private static void Compare(TrainingPlan plan, Frame table, double budget) =>
        AlgorithmComparison.Run(new ComparisonPlan { Plan = plan, Algorithms = [plan.Algorithm], TimeInAll = TimeSpan.FromSeconds(budget) }, table, new FitContext());

    private static void Tune(TrainingPlan plan, Frame table, double budget) =>
        Tuning.Run(new TuningPlan { Training = plan, TimeLimit = budget }, table, new FitContext(), withImportance: false);

    /// <summary>Seconds beyond the budget; how long it took in brackets where it was done before.</summary>
    private static string Overrun(double budget, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        string ending = string.Empty;
        try
        {
            work();
        }
        catch (DataException e)
        {
            ending = e.Message.StartsWith("No trial", StringComparison.Ordinal) ? ", no trial done" : $", {e.Message}";
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return seconds < budget
            ? string.Create(CultureInfo.InvariantCulture, $"(done in {seconds:0.00}{ending})")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds - budget:0.00}{ending}");
    }

    private static string Cancelled(TrainingPlan plan, Frame table, double after)
    {
        using var cancel = new CancellationTokenSource();
        long start = Stopwatch.GetTimestamp(), cancelled = 0;
        using var timer = new Timer(_ =>
        {
            cancelled = Stopwatch.GetTimestamp();
            cancel.Cancel();
        });
        timer.Change(TimeSpan.FromSeconds(after), Timeout.InfiniteTimeSpan);
        try
        {
            Training.Run(plan, table, new FitContext { Cancellation = cancel.Token, Progress = new Progress<FitProgress>() });
        }
        catch (OperationCanceledException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(cancelled).TotalSeconds:0.00}");
        }
        catch (DataException e)
        {
            return e.Message;
        }

        return string.Create(CultureInfo.InvariantCulture, $"(done in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00})");
    }

    /// <summary>Two classes and a positive amount, by bent and joined effects of a third of the columns.</summary>
    private static Frame Generate(int rows, int columns)
    {
        var random = RandomSource.For(3, "rows with a time limit");
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        var (amounts, codes) = (new double[rows], new int[rows]);
        for (int row = 0; row < rows; row++)
        {
            double score = 0;
            for (int j = 0; j < columns; j++)
            {
                double value = values[j][row] = random.NextGaussian();
                score += j < columns / 3 ? (j % 2 == 0 ? 0.5 * value : Math.Sin(value)) : 0;
            }

            amounts[row] = Math.Exp(0.3 * (score + random.NextGaussian()));
            codes[row] = score + random.NextGaussian() > 0 ? 1 : 0;
        }

        return new Frame([.. values.Select((column, j) => new Float64Column($"x{j}", column)), new Float64Column("amount", amounts), new CategoryColumn("class", codes, ["no", "yes"])]);
    }
}
