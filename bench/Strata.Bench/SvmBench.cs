using System.Globalization;
using Strata.Learning;
using Strata.Learning.Vectors;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>Times the RBF support vector machine on generated rows; with <c>--data</c> they are also written for <c>peers/linear.py</c>.</summary>
internal static class SvmBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 5000), columns = options.Number("columns", 20), threads = options.Number("threads", Environment.ProcessorCount);
        (double[][] values, int[] labels) = Generate(rows, columns);
        LinearRows.Save(options.Text("data"), "svm", values, [.. labels.Select(label => (double)label)]);
        var table = new TrainingTable(LinearRows.FrameOf(values), new ClassTarget("y", labels, ["no", "yes"]));
        foreach (bool calibrated in new[] { false, true })
        {
            SvmModel? model = null;
            Timing fit = Timing.Of(options.Number("repeats", 3), () => model = new Svm { CalibrateProbabilities = calibrated }.Fit(table, new FitContext { Threads = threads }));
            Timing predict = Timing.Of(1, () => model!.Predict(table.Features, threads));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"strata svm rbf {rows} x {columns}, probabilities {calibrated}, {threads} threads: fit {fit.MedianWall:F3} s wall, {fit.MedianProcessor:F3} s processor; dual objective {model!.DualObjectives[0]:F4}, {model.VectorCount} vectors; predict {predict.MedianProcessor:F3} s processor"));
        }

        return 0;
    }

    /// <summary>A curved boundary with noise, so that a third of the rows become support vectors.</summary>
    private static (double[][] Values, int[] Labels) Generate(int rows, int columns)
    {
        var random = RandomSource.For(2, "svm rows");
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            double score = 0;
            for (int j = 0; j < columns; j++)
            {
                double value = values[j][row] = random.NextGaussian();
                score += j < 5 ? value : j < 10 ? value * values[j - 5][row] : 0;
            }

            labels[row] = score + random.NextGaussian() > 0 ? 1 : 0;
        }

        return (values, labels);
    }
}
