using System.Globalization;
using Strata.Learning;
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
        HiggsLike train = HiggsLike.Generate(rows, columns, seed: 1), test = HiggsLike.Generate(Math.Min(rows, 100_000), columns, seed: 2);
        if (options.Text("data") is string directory)
        {
            train.Save(directory, "train");
            test.Save(directory, "test");
        }

        TrainingTable table = train.Table(), unseen = test.Table();
        var context = new FitContext { Threads = threads };
        GradientBoostingModel? model = null;
        Timing fit = Timing.Of(options.Number("repeats", 5), () => model = recipe.Fit(table, context));
        Predictions? predictions = null;
        Timing predict = Timing.Of(5, () => predictions = model!.Predict(table.Features, threads));
        double auc = AreaUnderCurve(model!.Predict(unseen.Features, threads).RawScores, test.Labels);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"strata boosting {rows} x {columns}, {recipe.MaxLeaves} leaves, {recipe.Trees} trees, {threads} threads: fit {fit.MedianWall:F2} s wall (best {fit.Wall.Min():F2}), {fit.MedianProcessor:F2} s processor (best {fit.Processor.Min():F2}); predict {predict.MedianWall:F2} s wall; test AUC {auc:F5}"));
        return 0;
    }

    private static double AreaUnderCurve(double[] scores, int[] labels)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort((double[])scores.Clone(), order);
        double ranks = 0;
        long positives = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (labels[order[i]] == 1)
            {
                ranks += i + 1;
                positives++;
            }
        }

        return (ranks - positives * (positives + 1) / 2.0) / ((double)positives * (labels.Length - positives));
    }
}
