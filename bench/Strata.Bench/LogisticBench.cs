using System.Globalization;
using System.Runtime.InteropServices;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>Times logistic regression on generated correlated columns; with <c>--data</c> the rows are also written for <c>peers/logistic.py</c>.</summary>
internal static class LogisticBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 200_000), columns = options.Number("columns", 100), threads = options.Number("threads", Environment.ProcessorCount);
        (double[][] values, int[] labels) = Generate(rows, columns);
        if (options.Text("data") is string directory)
        {
            Save(directory, values, labels);
        }

        var table = new TrainingTable(new Frame(values.Select((column, j) => new Float64Column($"x{j}", column))), new ClassTarget("y", labels, ["no", "yes"]));
        LogisticRegressionModel? model = null;
        Timing fit = Timing.Of(options.Number("repeats", 5), () => model = new LogisticRegression().Fit(table, new FitContext { Threads = threads }));
        Timing predict = Timing.Of(5, () => model!.Predict(table.Features, threads));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"strata logistic {rows} x {columns}, {threads} threads: fit {fit.MedianWall:F3} s wall (best {fit.Wall.Min():F3}), {fit.MedianProcessor:F3} s processor (best {fit.Processor.Min():F3}), {model!.Iterations} steps, converged {model.Converged}; objective {Objective(model, table):R}; predict {predict.MedianWall:F3} s wall"));
        return 0;
    }

    /// <summary>Columns that share a common part, of which a third matter; the classes overlap.</summary>
    private static (double[][] Values, int[] Labels) Generate(int rows, int columns)
    {
        var random = RandomSource.For(1, "logistic rows");
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        double[] effect = [.. Enumerable.Range(0, columns).Select(j => j % 3 == 0 ? random.NextGaussian() * 0.4 : 0)];
        var labels = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            double common = random.NextGaussian(), score = 0;
            for (int j = 0; j < columns; j++)
            {
                double value = values[j][row] = 0.5 * common + random.NextGaussian();
                score += effect[j] * value;
            }

            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }

        return (values, labels);
    }

    /// <summary>Sum of log losses plus half the squared coefficients: what scikit-learn minimises for C = 1.</summary>
    private static double Objective(LogisticRegressionModel model, TrainingTable table)
    {
        double[] scores = model.Predict(table.Features).RawScores;
        int[] codes = ((ClassTarget)table.Target).Codes;
        double loss = scores.Select((z, row) => Math.Max(z, 0) - codes[row] * z + Math.Log(1 + Math.Exp(-Math.Abs(z)))).Sum();
        return loss + model.Coefficients.Sum(coefficient => coefficient * coefficient) / 2;
    }

    /// <summary>Writes <c>logistic.x.f64</c> (column-major) and <c>logistic.y.u8</c>.</summary>
    private static void Save(string directory, double[][] values, int[] labels)
    {
        Directory.CreateDirectory(directory);
        using (FileStream file = File.Create(Path.Combine(directory, "logistic.x.f64")))
        {
            foreach (double[] column in values)
            {
                file.Write(MemoryMarshal.AsBytes<double>(column));
            }
        }

        File.WriteAllBytes(Path.Combine(directory, "logistic.y.u8"), [.. labels.Select(label => (byte)label)]);
    }
}
