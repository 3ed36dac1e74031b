using System.Globalization;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;

namespace Strata.Bench;

/// <summary>Times a random forest on generated rows; with <c>--data</c> the rows are also written for <c>peers/forest.py</c>.</summary>
internal static class ForestBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 100_000), columns = options.Number("columns", 50), threads = options.Number("threads", Environment.ProcessorCount);
        var recipe = new RandomForest { Trees = options.Number("trees", 100), OutOfBag = options.Number("out-of-bag", 0) > 0 };
        var (train, test) = HiggsLike.TrainAndTest(rows, columns, options.Text("data"));
        TrainingTable table = train.Table();
        Frame unseen = test.Table().Features;
        var context = new FitContext { Threads = threads, Seed = (ulong)options.Number("seed", 0) };
        RandomForestModel? model = null;
        Timing fit = Timing.Of(options.Number("repeats", 3), () => model = recipe.Fit(table, context));
        Predictions? predictions = null;
        Timing predict = Timing.Of(options.Number("predict-repeats", 3), () => predictions = model!.Predict(unseen, threads));
        double auc = test.AreaUnderCurve(predictions!);
        Console.WriteLine(options.Text("format") == "json"
            ? JsonSerializer.Serialize(
                new
                {
                    fit_seconds = fit.MedianWall,
                    fit_processor_seconds = fit.MedianProcessor,
                    predict_processor_seconds = predict.MedianProcessor,
                    auc,
                },
                ModelFileJson.Options)
            : string.Create(CultureInfo.InvariantCulture,
                $"strata forest {rows} x {columns}, {recipe.Trees} trees, {threads} threads: fit {fit.MedianWall:F2} s wall, {fit.MedianProcessor:F2} s processor; predict {test.RowCount} rows {predict.MedianProcessor:F2} s processor; {model!.Trees.NodeCount / recipe.Trees} nodes a tree; test AUC {auc:F5}"));
        return 0;
    }
}
