using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Search;
using Strata.Learning.Search.Samplers;

namespace Strata.Bench;

/// <summary>
/// Tunes boosting by cross-validation on a table that <c>peers/tables.py</c> wrote, seed by seed; or, with <c>--ask</c>, answers points that another program chose, one a line,
/// so that both search the very same function.
/// </summary>
internal static class TuneBench
{
    private static readonly NumberParameter[] Parameters =
    [
        new("learning_rate", 0.01, 0.5) { LogScale = true },
        new("max_leaves", 2, 128) { LogScale = true, IsInteger = true },
        new("min_rows_per_leaf", 1, 200) { LogScale = true, IsInteger = true },
        new("l2", 1e-3, 100) { LogScale = true },
        new("row_fraction", 0.3, 1),
        new("column_fraction", 0.3, 1),
    ];

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int trials = options.Number("trials", 40), seeds = options.Number("seeds", 20);
        TrainingTable table = BenchTable.Open(options.Text("data") ?? throw new ArgumentException("Give --data DIR, a directory that peers/tables.py wrote.")).Train();
        var objective = new Objective(table, options.Number("rounds", 60), options.Number("folds", 3));
        if (args.Contains("--ask"))
        {
            Console.WriteLine(JsonSerializer.Serialize(Parameters.Select(p => new { name = p.Name, low = p.Min, high = p.Max, log = p.LogScale, integer = p.IsInteger })));
            while (Console.ReadLine() is string line)
            {
                Console.WriteLine(objective.Of(JsonSerializer.Deserialize<double[]>(line)!).ToString("R", CultureInfo.InvariantCulture));
            }

            return 0;
        }

        var space = new SearchSpace(Parameters);
        var best = new double[seeds];
        for (int seed = 0; seed < seeds; seed++)
        {
            using var study = new Study(space, Direction.Minimize, new TpeSampler(space, Direction.Minimize, (ulong)seed), seed: (ulong)seed);
            study.Run(trial => objective.Of([.. Parameters.Select(parameter => trial.Value(parameter.Name))]), new SearchBudget { Trials = trials });
            best[seed] = study.Best!.Value;
        }

        Console.WriteLine(JsonSerializer.Serialize(best));
        return 0;
    }

    /// <summary>The mean loss over the folds: root mean squared error of numbers, log loss of classes. One thread, the same folds and seed for every point.</summary>
    private sealed class Objective(TrainingTable table, int rounds, int foldCount)
    {
        private readonly (TrainingTable Train, TrainingTable Test)[] folds =
            [.. RowSplits.Folds(table, foldCount, seed: 0).Folds.Select(fold => (table.Take(fold.Train), table.Take(fold.Test)))];

        private readonly Metric metric = Metric.Named(table.Target is NumberTarget ? "rmse" : "log_loss", table.Target.Task);

        public double Of(double[] point)
        {
            var values = new Dictionary<string, JsonNode?> { ["trees"] = rounds };
            foreach ((NumberParameter parameter, double value) in Parameters.Zip(point))
            {
                values[parameter.Name] = parameter.JsonOf(value);
            }

            IRecipe recipe = Algorithms.Named("gradient_boosting").Recipe(values);
            return folds.Average(fold => metric.Of(recipe.Fit(fold.Train, new FitContext { Threads = 1 }).Predict(fold.Test.Features, 1), fold.Test.Target, null, null));
        }
    }
}
