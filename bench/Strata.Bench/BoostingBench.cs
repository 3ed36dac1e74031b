using System.Globalization;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;

namespace Strata.Bench;

/// <summary>Times gradient boosting on generated rows; with <c>--data</c> the rows are also written for <c>peers/boosting.py</c>.</summary>
internal static class BoostingBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 1_000_000), columns = options.Number("columns", 28), threads = options.Number("threads", Environment.ProcessorCount);
        var recipe = new GradientBoosting
        {
            Trees = options.Number("trees", 100),
            MaxLeaves = options.Number("leaves", 255),
            LearningRate = 0.1,
        };
        var (train, test) = HiggsLike.TrainAndTest(rows, columns, options.Text("data"));
        TrainingTable table = train.Table(), unseen = test.Table();
        var context = new FitContext { Threads = threads };
        GradientBoostingModel? model = null;
        Timing fit = Timing.Of(options.Number("repeats", 5), () => model = recipe.Fit(table, context));
        Timing predict = Timing.Of(options.Number("predict-repeats", 3), () => model!.Predict(table.Features, threads));
        double auc = test.AreaUnderCurve(model!.Predict(unseen.Features, threads));
        Console.WriteLine(options.Text("format") == "json"
            ? JsonSerializer.Serialize(
                new
                {
                    fit_seconds = fit.MedianWall,
                    fit_processor_seconds = fit.MedianProcessor,
                    predict_seconds = predict.MedianWall,
                    predict_processor_seconds = predict.MedianProcessor,
                    auc,
                },
                ModelFileJson.Options)
            : string.Create(CultureInfo.InvariantCulture,
                $"strata boosting {rows} x {columns}, {recipe.MaxLeaves} leaves, {recipe.Trees} trees, {threads} threads: fit {fit.MedianWall:F2} s wall (best {fit.Wall.Min():F2}), {fit.MedianProcessor:F2} s processor (best {fit.Processor.Min():F2}); predict {rows} rows {predict.MedianWall:F2} s wall, {predict.MedianProcessor:F2} s processor; test AUC {auc:F5}"));
        return 0;
    }
}
