using Strata.Learning;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Testing;

/// <summary>Small seeded tables with columns of arrays whose target really depends on them, besides two columns as any table has them.</summary>
public static class SampleArrays
{
    /// <summary>A table with the kinds of array columns that a recipe learns from; without any where it learns from tables alone.</summary>
    public static TrainingTable Of(IReadOnlyList<ColumnType> types, LearningTask task, int rows = 300, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(types);
        return types switch
        {
            [] => SampleTables.Mixed(task, rows, seed),
            [ColumnType.Series] => Series(task, rows, seed: seed),
            [ColumnType.Image] => Images(task, rows, seed),
            [ColumnType.Points] => Points(task, rows, seed),
            _ => Mixed(task, rows, seed),
        };
    }

    /// <summary>A column <c>motion</c> of series with two channels; some steps and a few cells are missing.</summary>
    /// <param name="task">What is to be predicted.</param>
    /// <param name="rows">How many.</param>
    /// <param name="shortest">Steps of the shortest series.</param>
    /// <param name="longest">Steps of the longest series.</param>
    /// <param name="seed">Of the chance.</param>
    public static TrainingTable Series(LearningTask task, int rows = 300, int shortest = 16, int longest = 16, ulong seed = 1)
    {
        var (random, score) = (RandomSource.For(seed, "series"), new double[rows]);
        var cells = new float[]?[rows];
        for (int row = 0; row < rows; row++)
        {
            double level = random.NextGaussian(), sway = random.NextGaussian();
            var cell = new float[2 * (shortest + random.NextInt(longest - shortest + 1))];
            for (int i = 0; i < cell.Length; i += 2)
            {
                cell[i] = random.NextDouble() < 0.03 ? float.NaN : (float)(40 + 5 * (level + 0.4 * random.NextGaussian()));
                cell[i + 1] = (float)(sway + Math.Sin(0.7 * i) + 0.4 * random.NextGaussian());
            }

            score[row] = 1.3 * level - 0.9 * sway;
            cells[row] = random.NextDouble() < 0.03 ? null : cell;
        }

        return With(new ArrayColumn("motion", ColumnType.Series, ["height", "sway"], cells), task, score, random);
    }

    /// <summary>A column <c>picture</c> of images of 8 by 9 pixels in one channel; a few are missing.</summary>
    public static TrainingTable Images(LearningTask task, int rows = 300, ulong seed = 1)
    {
        const int height = 8, width = 9;
        var (random, score) = (RandomSource.For(seed, "images"), new double[rows]);
        var cells = new float[]?[rows];
        for (int row = 0; row < rows; row++)
        {
            double light = random.NextGaussian(), contrast = random.NextGaussian();
            var cell = new float[height * width];
            for (int i = 0; i < cell.Length; i++)
            {
                cell[i] = (float)(120 + 30 * (light + contrast * ((i % width % 2) - 0.5) + 0.4 * random.NextGaussian()));
            }

            score[row] = 1.6 * light;
            cells[row] = random.NextDouble() < 0.03 ? null : cell;
        }

        return With(new ArrayColumn("picture", ColumnType.Image, ArrayColumn.OneChannel, cells, [.. Enumerable.Repeat(width, rows)]), task, score, random);
    }

    /// <summary>A column <c>cloud</c> of 20 to 40 points in space, more or less flat; a few are missing.</summary>
    public static TrainingTable Points(LearningTask task, int rows = 300, ulong seed = 1)
    {
        var (random, score) = (RandomSource.For(seed, "points"), new double[rows]);
        var cells = new float[]?[rows];
        for (int row = 0; row < rows; row++)
        {
            double stretch = random.NextGaussian(), size = Math.Exp(0.3 * random.NextGaussian());
            var cell = new float[3 * (20 + random.NextInt(21))];
            for (int i = 0; i < cell.Length; i++)
            {
                cell[i] = (float)(7 + size * (i % 3 == 2 ? Math.Exp(stretch) : 1) * random.NextGaussian());
            }

            score[row] = 1.5 * stretch;
            cells[row] = random.NextDouble() < 0.03 ? null : cell;
        }

        return With(new ArrayColumn("cloud", ColumnType.Points, ["x", "y", "z"], cells), task, score, random);
    }

    /// <summary>Series, images and points of the same rows, all of which matter.</summary>
    public static TrainingTable Mixed(LearningTask task, int rows = 300, ulong seed = 1)
    {
        TrainingTable[] parts = [Series(LearningTask.Regression, rows, seed: seed), Images(LearningTask.Regression, rows, seed), Points(LearningTask.Regression, rows, seed)];
        var random = RandomSource.For(seed, "mixed");
        double[] score = [.. Enumerable.Range(0, rows).Select(row => parts.Sum(part => (((NumberTarget)part.Target).Values[row] - 10) / 4.5))];
        return new TrainingTable(new Frame([.. parts.Select(part => part.Features.Columns[0]), .. parts[0].Features.Columns.Skip(1)]), SampleTables.TargetOf(task, score, random));
    }

    private static TrainingTable With(ArrayColumn arrays, LearningTask task, double[] score, RandomSource random)
    {
        double[] mass = new double[score.Length];
        int[] side = new int[score.Length];
        for (int row = 0; row < score.Length; row++)
        {
            mass[row] = random.NextDouble() < 0.05 ? double.NaN : 70 + 9 * random.NextGaussian();
            side[row] = random.NextInt(3) - 1;
            score[row] += side[row] == 0 ? 0.5 : 0;
        }

        return new TrainingTable(new Frame(arrays, new Float64Column("mass", mass), new CategoryColumn("side", side, ["left", "right"])), SampleTables.TargetOf(task, score, random));
    }
}
