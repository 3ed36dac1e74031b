using System.Globalization;
using System.Runtime.InteropServices;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>Times preparation steps on generated columns; with <c>--data</c> the rows are also written for <c>peers/prepare.py</c>.</summary>
internal static class PrepareBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 100_000), columns = options.Number("columns", 100), threads = options.Number("threads", Environment.ProcessorCount), repeats = options.Number("repeats", 3);
        (double[][] values, double[] target) = Generate(rows, columns);
        if (options.Text("data") is string directory)
        {
            Save(directory, values, target);
        }

        var context = new FitContext { Threads = threads };
        TrainingTable wide = Table(values, target), narrow = Table(values[..20], target);
        TrainingTable classes = new(narrow.Features, new ClassTarget("y", [.. target.Select(value => value > 0 ? 1 : 0)], ["no", "yes"]));
        Print("pca, all components, fit", rows, columns, threads, Timing.Of(repeats, () => new PrincipalComponents { Components = columns }.Fit(wide, context)));
        Print("pca, all components, fit and transform", rows, columns, threads, Timing.Of(repeats, () => ((IStep)new PrincipalComponents { Components = columns }).FitTransform(wide, context)));
        Print("pca, 10 components, fit and transform", rows, columns, threads, Timing.Of(repeats, () => ((IStep)new PrincipalComponents { Components = 10 }).FitTransform(wide, context)));
        Print("mutual information with a number", rows, 20, threads, Timing.Of(repeats, () => new SelectBest { Keep = 5 }.Fit(narrow, context)));
        Print("mutual information with classes", rows, 20, threads, Timing.Of(repeats, () => new SelectBest { Keep = 5 }.Fit(classes, context)));
        Print("yeo-johnson, fit and transform", rows, columns, threads, Timing.Of(1, () => ((IStep)new YeoJohnson()).FitTransform(wide, context)));
        return 0;
    }

    private static void Print(string work, int rows, int columns, int threads, Timing timing) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"strata {work} {rows} x {columns}, {threads} threads: {timing.MedianWall:F3} s wall, {timing.MedianProcessor:F3} s processor"));

    private static TrainingTable Table(double[][] values, double[] target) =>
        new(new Frame(values.Select((column, j) => new Float64Column($"x{j}", column))), new NumberTarget("y", target));

    /// <summary>Columns that share three common parts; the first few bend the target.</summary>
    private static (double[][] Values, double[] Target) Generate(int rows, int columns)
    {
        var random = RandomSource.For(1, "rows to prepare");
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        var target = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] common = [random.NextGaussian(), random.NextGaussian(), random.NextGaussian()];
            for (int j = 0; j < columns; j++)
            {
                values[j][row] = common[j % 3] * (1 + j % 5) + random.NextGaussian();
            }

            target[row] = Math.Sin(values[0][row]) + 0.3 * values[1][row] + 0.5 * random.NextGaussian();
        }

        return (values, target);
    }

    /// <summary>Writes <c>prepare.x.f64</c> (column-major) and <c>prepare.y.f64</c>.</summary>
    private static void Save(string directory, double[][] values, double[] target)
    {
        Directory.CreateDirectory(directory);
        using (FileStream file = File.Create(Path.Combine(directory, "prepare.x.f64")))
        {
            foreach (double[] column in values)
            {
                file.Write(MemoryMarshal.AsBytes<double>(column));
            }
        }

        File.WriteAllBytes(Path.Combine(directory, "prepare.y.f64"), MemoryMarshal.AsBytes<double>(target).ToArray());
    }
}
