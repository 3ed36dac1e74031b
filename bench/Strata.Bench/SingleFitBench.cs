using System.Globalization;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Preparation;

namespace Strata.Bench;

/// <summary>Times one fit of each algorithm behind its usual preparation, on the rows of the comparison; with <c>--data</c> the rows are also written for <c>peers/single_fits.py</c>.</summary>
internal static class SingleFitBench
{
    private static readonly (string Name, string? Trees)[] Fits =
    [
        ("logistic_regression", null), ("linear_discriminant", null), ("quadratic_discriminant", null), ("gaussian_naive_bayes", null), ("k_nearest_neighbors", null), ("decision_tree", null),
        ("random_forest", "50"), ("extra_trees", "50"), ("adaboost", "50"),
    ];

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 20_000), columns = options.Number("columns", 30), threads = options.Number("threads", 1), repeats = options.Number("repeats", 5);
        (double[][] values, byte[] target) = CompareBench.Generate(rows, columns);
        CompareBench.Save(options.Text("data"), values, target);
        var table = new TrainingTable(LinearRows.FrameOf(values), new ClassTarget("y", [.. target.Select(code => (int)code)], ["no", "yes"]));
        string[]? asked = options.Text("algorithms")?.Split(',');
        foreach ((string name, string? trees) in Fits.Where(fit => asked?.Contains(fit.Name) != false))
        {
            Algorithm algorithm = Algorithms.Named(name);
            Pipeline pipeline = algorithm.Prepared(algorithm.Recipe(trees is null ? null : new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["trees"] = trees }));
            PipelineModel? model = null;
            Timing fit = Timing.Of(repeats, () => model = pipeline.Fit(table, new FitContext { Threads = threads }));
            Timing predict = Timing.Of(repeats, () => model!.Predict(table.Features, threads));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"strata {name} {rows} x {columns}, {threads} threads: fit {fit.MedianProcessor:F3} s processor, predict {predict.MedianProcessor:F3} s processor"));
        }

        return 0;
    }
}
