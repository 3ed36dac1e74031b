using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>Times a whole comparison of ten algorithms on five folds; with <c>--data</c> the rows are also written for <c>peers/compare.py</c>.</summary>
internal static class CompareBench
{
    private const string Algorithms =
        "gradient_boosting(trees=100), random_forest(trees=50), extra_trees(trees=50), decision_tree, adaboost(trees=50), "
        + "logistic_regression, linear_discriminant, quadratic_discriminant, gaussian_naive_bayes, k_nearest_neighbors";

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 20_000), columns = options.Number("columns", 30), threads = options.Number("threads", Environment.ProcessorCount);
        (double[][] values, byte[] target) = Generate(rows, columns);
        Save(options.Text("data"), values, target);
        var table = new Frame([.. values.Select((column, j) => new Float64Column($"x{j}", column)), new CategoryColumn("y", [.. target.Select(code => (int)code)], ["no", "yes"])]);
        var plan = new ComparisonPlan { Plan = new TrainingPlan { Target = "y", Threads = threads }, Algorithms = [options.Text("algorithms") ?? Algorithms] };
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        AlgorithmComparison comparison = AlgorithmComparison.Run(plan, table, new FitContext());
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds, processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        foreach (ComparedAlgorithm algorithm in comparison.Algorithms)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"strata {algorithm.Name}: fit {algorithm.FitSeconds:F3} s a fold, log loss {algorithm.Scores.DefaultIfEmpty(double.NaN).Average():F4}, {algorithm.Problem ?? "done"}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"strata comparison of {comparison.Algorithms.Count - 1} algorithms and a baseline, 5 folds, {rows} x {columns}, {threads} threads: {wall:F2} s wall, {processor:F2} s processor"));
        return 0;
    }

    /// <summary>Writes <c>compare.x.f64</c> (column-major) and <c>compare.y.u8</c>, where a directory is given.</summary>
    public static void Save(string? directory, double[][] values, byte[] target)
    {
        if (directory is null)
        {
            return;
        }

        Directory.CreateDirectory(directory);
        using FileStream file = File.Create(Path.Combine(directory, "compare.x.f64"));
        foreach (double[] column in values)
        {
            file.Write(MemoryMarshal.AsBytes<double>(column));
        }

        File.WriteAllBytes(Path.Combine(directory, "compare.y.u8"), target);
    }

    /// <summary>Two classes by bent and joined effects of a third of the columns.</summary>
    public static (double[][] Values, byte[] Target) Generate(int rows, int columns)
    {
        var random = RandomSource.For(1, "rows to compare by");
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        var target = new byte[rows];
        for (int row = 0; row < rows; row++)
        {
            double score = 0;
            for (int j = 0; j < columns; j++)
            {
                double value = values[j][row] = random.NextGaussian() + (j > 0 ? 0.3 * values[j - 1][row] : 0);
                score += j < columns / 3 ? (j % 2 == 0 ? 0.5 * value : Math.Sin(value)) : 0;
            }

            target[row] = score + 0.6 * values[0][row] * values[1][row] + 0.7 * random.NextGaussian() > 0 ? (byte)1 : (byte)0;
        }

        return (values, target);
    }
}
