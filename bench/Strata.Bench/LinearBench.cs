using System.Globalization;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>Times a lasso path, an elastic net or a linear support vector machine on generated rows; with <c>--data</c> they are also written for <c>peers/linear.py</c>.</summary>
internal static class LinearBench
{
    private const double Alpha = 0.05;

    public static int Run(string[] args)
    {
        var options = new Options(args);
        string kind = options.Text("kind") ?? "lasso-path";
        bool isMargin = kind is "svm-squared" or "svm-hinge";
        int rows = options.Number("rows", isMargin ? 50_000 : 100_000), columns = options.Number("columns", isMargin ? 50 : 200), threads = options.Number("threads", Environment.ProcessorCount);
        (double[][] values, double[] scores) = Generate(rows, columns);
        double[] targets = isMargin ? [.. scores.Select(score => score > 0 ? 1.0 : 0)] : scores;
        LinearRows.Save(options.Text("data"), isMargin ? "margin" : "lasso", values, targets);
        Target target = isMargin ? new ClassTarget("y", [.. targets.Select(side => (int)side)], ["no", "yes"]) : new NumberTarget("y", targets);
        var table = new TrainingTable(LinearRows.FrameOf(values), target);
        var context = new FitContext { Threads = threads };
        double objective = 0;
        Timing timing = Timing.Of(options.Number("repeats", 3), () => objective = kind switch
        {
            "lasso-path" => Path(table, context),
            "elastic-net" => Net(table, context),
            "svm-squared" => Margin(table, context, MarginLoss.Squared),
            "svm-hinge" => Margin(table, context, MarginLoss.Absolute),
            _ => throw new ArgumentException($"There is no kind '{kind}'."),
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"strata {kind} {rows} x {columns}, {threads} threads: {timing.MedianProcessor:F3} s processor, {timing.MedianWall:F3} s wall; objective {objective:R}"));
        return 0;
    }

    /// <summary>Columns that share a common part, of which a tenth matter, and a noisy sum of these.</summary>
    private static (double[][] Values, double[] Scores) Generate(int rows, int columns)
    {
        var random = RandomSource.For(4, "linear rows");
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        double[] effect = [.. Enumerable.Range(0, columns).Select(j => j % 10 == 0 ? random.NextGaussian() : 0)], scores = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double common = random.NextGaussian();
            for (int j = 0; j < columns; j++)
            {
                double value = values[j][row] = 0.5 * common + random.NextGaussian();
                scores[row] += effect[j] * value;
            }

            scores[row] += 2 * random.NextGaussian();
        }

        return (values, scores);
    }

    /// <summary>A hundred alphas; the objective of the last.</summary>
    private static double Path(TrainingTable table, FitContext context)
    {
        RegularizationPath path = RegularizationPath.Of(table, context, tolerance: 1e-4);
        return Penalized(table, path.Coefficients[^1], path.Intercepts[^1], path.Alphas[^1], l1Ratio: 1);
    }

    private static double Net(TrainingTable table, FitContext context)
    {
        LinearNumberModel model = new ElasticNet { Alpha = Alpha, Tolerance = 1e-4 }.Fit(table, context);
        return Penalized(table, model.Coefficients, model.Intercepts[0], Alpha, l1Ratio: 0.5);
    }

    private static double Penalized(TrainingTable table, double[] coefficients, double intercept, double alpha, double l1Ratio)
    {
        double[] errors = [.. ((NumberTarget)table.Target).Values.Select(value => value - intercept)];
        for (int j = 0; j < coefficients.Length; j++)
        {
            double[] x = ((Float64Column)table.Features.Columns[j]).Values;
            for (int row = 0; row < errors.Length && coefficients[j] != 0; row++)
            {
                errors[row] -= coefficients[j] * x[row];
            }
        }

        return errors.Sum(error => error * error) / (2 * errors.Length) + alpha * coefficients.Sum(c => l1Ratio * Math.Abs(c) + (1 - l1Ratio) * c * c / 2);
    }

    private static double Margin(TrainingTable table, FitContext context, MarginLoss loss)
    {
        LinearMarginModel model = new LinearSvm { Loss = loss, CalibrateProbabilities = false, Tolerance = 1e-5 }.Fit(table, context);
        double[] scores = model.Predict(table.Features).RawScores;
        int[] codes = ((ClassTarget)table.Target).Codes;
        double cost = scores.Select((score, row) => Math.Max(0, 1 - (2 * codes[row] - 1) * score)).Sum(miss => loss == MarginLoss.Squared ? miss * miss : miss);
        return cost + model.Coefficients.Concat(model.Intercepts).Sum(value => value * value) / 2;
    }
}
