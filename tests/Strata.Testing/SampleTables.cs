using Strata.Learning;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Testing;

/// <summary>Small seeded tables whose target really depends on the columns, so that learning can be told from guessing.</summary>
public static class SampleTables
{
    public static readonly string[] Colours = ["blue", "green", "red", "yellow"];

    /// <summary>Columns as people have them: numbers of several types, a boolean, categories, and missing values in most of them.</summary>
    public static TrainingTable Mixed(LearningTask task, int rows = 300, ulong seed = 1)
    {
        var random = RandomSource.For(seed, "mixed table");
        var height = new double[rows];
        var mass = new float[rows];
        var visits = new long[rows];
        var visitsMissing = new MissingMask(rows);
        var smoker = new bool[rows];
        var smokerMissing = new MissingMask(rows);
        var colour = new int[rows];
        var side = new int[rows];
        var score = new double[rows];
        double[] colourEffect = [0.9, -0.7, 0.2, -0.4];
        for (int row = 0; row < rows; row++)
        {
            double tall = random.NextGaussian(), heavy = 0.5 * tall + random.NextGaussian();
            visits[row] = random.NextInt(12);
            smoker[row] = random.NextDouble() < 0.3;
            colour[row] = random.NextInt(Colours.Length);
            side[row] = random.NextInt(2);
            score[row] = 1.3 * tall - 0.8 * heavy + 0.1 * (visits[row] - 5.5) + (smoker[row] ? 0.8 : 0) + colourEffect[colour[row]];
            height[row] = random.NextDouble() < 0.08 ? double.NaN : 170 + 10 * tall;
            mass[row] = (float)(70 + 12 * heavy);
            visitsMissing[row] = random.NextDouble() < 0.05;
            smokerMissing[row] = random.NextDouble() < 0.03;
            colour[row] = random.NextDouble() < 0.06 ? -1 : colour[row];
        }

        var features = new Frame(
            new Float64Column("height", height),
            new Float32Column("mass", mass),
            new Int64Column("visits", visits, visitsMissing),
            new BooleanColumn("smoker", smoker, smokerMissing),
            new CategoryColumn("colour", colour, Colours),
            new CategoryColumn("side", side, ["left", "right"]));
        return new TrainingTable(features, TargetOf(task, score, random));
    }

    /// <summary><see cref="Mixed"/> with a column of free text and one of dates besides.</summary>
    public static TrainingTable WithTextAndDates(LearningTask task, int rows = 300, ulong seed = 1)
    {
        TrainingTable table = Mixed(task, rows, seed);
        var random = RandomSource.For(seed, "text and dates");
        var remarks = new string?[rows];
        var ticks = new long[rows];
        var undated = new MissingMask(rows);
        long start = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        for (int row = 0; row < rows; row++)
        {
            remarks[row] = random.NextDouble() < 0.1 ? null : $"remark {random.NextInt(1_000_000)}";
            ticks[row] = start + random.NextInt(2000) * TimeSpan.TicksPerDay;
            undated[row] = random.NextDouble() < 0.04;
        }

        return table.WithFeatures(table.Features.With(new TextColumn("remark", remarks)).With(new DateColumn("seen", ticks, undated)));
    }

    /// <summary>Complete number columns x0, x1 and so on: standard normal, of which the first three matter.</summary>
    public static TrainingTable Numbers(LearningTask task, int rows = 300, int columns = 5, ulong seed = 1)
    {
        var random = RandomSource.For(seed, "number table");
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => new double[rows])];
        double[] effect = [1.4, -1.0, 0.6];
        var score = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                values[column][row] = random.NextGaussian();
                score[row] += column < effect.Length ? effect[column] * values[column][row] : 0;
            }
        }

        return new TrainingTable(new Frame(values.Select((column, i) => new Float64Column($"x{i}", column))), TargetOf(task, score, random));
    }

    /// <summary>A target that follows the score with noise: the number itself, or one of two or three classes.</summary>
    internal static Target TargetOf(LearningTask task, double[] score, RandomSource random)
    {
        double[] noisy = [.. score.Select(value => value + 0.5 * random.NextGaussian())];
        return task switch
        {
            LearningTask.OutlierDetection or LearningTask.Clustering => new NoTarget(score.Length, task),
            LearningTask.Regression => new NumberTarget("outcome", [.. noisy.Select(value => 10 + 3 * value)]),
            LearningTask.BinaryClassification => new ClassTarget("outcome", [.. noisy.Select(value => value > 0.4 ? 1 : 0)], ["no", "yes"]),
            _ => new ClassTarget("outcome", [.. noisy.Select(value => value < -0.6 ? 0 : value > 0.8 ? 2 : 1)], ["low", "middle", "high"]),
        };
    }
}
