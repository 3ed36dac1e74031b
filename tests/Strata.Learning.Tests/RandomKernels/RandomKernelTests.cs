using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.RandomKernels;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.RandomKernels;

public class RandomKernelTests
{
    private static FitContext Context => new() { Seed = 3, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    public static TheoryData<RandomKernelRecipe> Recipes => [new MiniRocket { Features = 840 }, new MultiRocket { Features = 3360 }, new Rocket { Kernels = 300 }];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Series_of_several_channels_and_lengths_are_told_apart_by_their_shape(RandomKernelRecipe recipe)
    {
        TrainingTable train = Waves(90, seed: 1), test = Waves(60, seed: 2);

        RandomKernelModel model = recipe.Fit(train, Context);

        Accuracy(model.Predict(test.Features, 2), test).ShouldBeGreaterThan(0.93);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_number_is_predicted_from_series(RandomKernelRecipe recipe)
    {
        (TrainingTable train, double[] _) = Frequencies(150, seed: 1);
        (TrainingTable test, double[] truth) = Frequencies(60, seed: 2);

        double[] predicted = recipe.Fit(train, Context).Predict(test.Features).Values;

        double mean = truth.Average();
        double explained = 1 - truth.Zip(predicted, (y, value) => (y - value) * (y - value)).Sum() / truth.Sum(y => (y - mean) * (y - mean));
        explained.ShouldBeGreaterThan(0.9);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_same_model_comes_from_any_number_of_threads(RandomKernelRecipe recipe)
    {
        TrainingTable table = Waves(40, seed: 4);

        FileOf(recipe.Fit(table, Context with { Threads = 3 })).ShouldBe(FileOf(recipe.Fit(table, Context with { Threads = 1 })));
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Trailing_gaps_of_a_wide_table_make_a_series_shorter(RandomKernelRecipe recipe)
    {
        (float[][] series, int[] codes) = OneChannel(60);
        int longest = series.Max(one => one.Length);
        var wide = new Frame(Enumerable.Range(0, longest).Select(step => new Float32Column($"t{step}", [.. series.Select(one => step < one.Length ? one[step] : float.NaN)])));
        var column = new Frame(new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, series));
        var target = new ClassTarget("kind", codes, ["slow", "fast"]);

        Predictions ofWide = recipe.Fit(new TrainingTable(wide, target), Context).Predict(wide), ofColumn = recipe.Fit(new TrainingTable(column, target), Context).Predict(column);

        ofWide.Values.ShouldBe(ofColumn.Values);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_row_without_a_series_is_as_likely_of_each_class_as_the_training_rows_say(RandomKernelRecipe recipe)
    {
        TrainingTable table = Waves(90, seed: 1);
        RandomKernelModel model = recipe.Fit(table, Context);
        var empty = new Frame(new ArrayColumn("series", ColumnType.Series, ["x", "y"], [null]));

        double[] probabilities = model.Predict(empty).Values;

        probabilities.ShouldAllBe(probability => Math.Abs(probability - 1 / 3.0) < 1e-6);
    }

    [Fact]
    public void A_missing_step_is_bridged_by_a_straight_line()
    {
        var rows = new Frame(new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, [[float.NaN, 1, float.NaN, float.NaN, 4, float.NaN]]));

        SeriesRows.Of(rows, SeriesLayout.Of(rows.Schema))[0].ToArray().ShouldBe([1, 1, 2, 3, 4, 4]);
    }

    [Fact]
    public void Columns_beside_a_series_count()
    {
        var random = new RandomSource(9);
        int count = 80;
        float[][] noise = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 40).Select(_ => (float)random.NextGaussian()).ToArray())];
        bool[] flag = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(2) == 1)];
        var rows = new Frame(new ArrayColumn("noise", ColumnType.Series, ArrayColumn.OneChannel, noise), new BooleanColumn("flag", flag));
        var table = new TrainingTable(rows, new ClassTarget("kind", [.. flag.Select(one => one ? 1 : 0)], ["no", "yes"]));
        TrainingTable train = table.Take([.. Enumerable.Range(0, 50)]), test = table.Take([.. Enumerable.Range(50, 30)]);

        Accuracy(new MiniRocket { Features = 420 }.Fit(train, Context).Predict(test.Features), test).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void The_error_of_rows_left_out_is_the_one_that_fits_without_them_have()
    {
        var random = new RandomSource(6);
        const int rows = 12, columns = 20;
        var targets = new double[rows];
        FeatureMatrix matrix = Matrix(rows, columns, random);
        for (int row = 0; row < rows; row++)
        {
            targets[row] = random.NextGaussian() + matrix.Row(row)[0];
        }

        using var team = new Strata.Tensors.Kernels.ThreadTeam(2);
        RidgeSolution solution = new LeaveOneOutRidge(matrix, targets, 1, team, default).Solve(0.5, [.. Enumerable.Range(0, rows)]);

        for (int row = 0; row < rows; row++)
        {
            solution.LeftOut[row].ShouldBe(WithoutRow(matrix, targets, row, alpha: 0.5 * rows), 1e-7);
        }
    }

    [Fact]
    public void Many_rows_are_solved_by_columns_or_rows_to_the_same_coefficients()
    {
        var random = new RandomSource(8);
        int rows = LeaveOneOutRidge.MostRowsToChoose + 60;
        FeatureMatrix few = Matrix(rows, 6, random);
        double[] targets = [.. Enumerable.Range(0, rows).Select(row => 3 + few.Row(row)[0] - 2 * few.Row(row)[3] + 0.1 * random.NextGaussian())];
        using var team = new Strata.Tensors.Kernels.ThreadTeam(1);
        int[] some = [.. Enumerable.Range(0, 300)];

        RidgeSolution solution = new LeaveOneOutRidge(few, targets, 1, team, default).Solve(1e-3, some);

        solution.Coefficients[0].ShouldBe(1, 0.05);
        solution.Coefficients[3].ShouldBe(-2, 0.05);
        solution.Intercepts[0].ShouldBe(3, 0.05);
    }

    [Fact]
    public void Where_there_is_no_room_for_all_kernels_there_are_fewer()
    {
        TrainingTable table = Waves(30, seed: 1);
        SeriesRows series = SeriesRows.Of(table.Features, SeriesLayout.Of(table.Features.Schema));

        KernelBank mini = new MiniRocket().Draw(series, 1000, new RandomSource(1)), rocket = new Rocket().Draw(series, 1000, new RandomSource(1));

        (mini.FeatureCount, mini.IsReduced).ShouldBe((924, true));
        (rocket.FeatureCount, rocket.IsReduced).ShouldBe((1000, true));
    }

    [Fact]
    public void Probabilities_are_as_sure_as_rows_left_out_allow()
    {
        var random = new RandomSource(11);
        double[] scores = [.. Enumerable.Range(0, 2000).Select(_ => random.NextGaussian())];
        int[] codes = [.. scores.Select(score => random.NextDouble() < 1 / (1 + Math.Exp(-3 * score)) ? 1 : 0)];

        ScoreSharpness.Of(scores, codes, [.. scores.Select(_ => 1.0)], 2).ShouldBe(3, 0.4);
    }

    [Fact]
    public void Infinite_steps_are_refused_by_name()
    {
        TrainingTable table = Waves(20, seed: 1);
        ((ArrayColumn)table.Features.Columns[0]).Values[4]![3] = float.PositiveInfinity;

        Should.Throw<DataException>(() => new MiniRocket().Fit(table, Context)).Message.ShouldContain("row 5");
    }

    [Theory]
    [InlineData("GunPoint", 0.97)]
    [InlineData("ItalyPowerDemand", 0.95)]
    public void Series_of_the_archive_are_told_apart_as_well_as_published(string set, double atLeast)
    {
        (TrainingTable train, TrainingTable test) = (Archive(SharedData.Path($"series/ucr/{set}_TRAIN.tsv")), Archive(SharedData.Path($"series/ucr/{set}_TEST.tsv")));

        Accuracy(new MiniRocket().Fit(train, Context).Predict(test.Features, 2), test).ShouldBeGreaterThan(atLeast);
    }

    private static TrainingTable Archive(string file)
    {
        string[][] lines = [.. File.ReadLines(file).Select(line => line.Split('\t'))];
        float[][] series = [.. lines.Select(cells => cells[1..].Select(cell => float.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        return new TrainingTable(new Frame(new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, series)), new ClassTarget("kind", [.. lines.Select(cells => cells[0] == "1" ? 0 : 1)], ["1", "2"]));
    }

    private static double WithoutRow(FeatureMatrix matrix, double[] targets, int left, double alpha)
    {
        int[] rows = [.. Enumerable.Range(0, matrix.RowCount).Where(row => row != left)];
        int columns = matrix.ColumnCount;
        double[][] x = [.. Enumerable.Range(0, matrix.RowCount).Select(row => Enumerable.Range(0, columns).Select(j => matrix.Row(row)[j] * matrix.Scales[j]).ToArray())];
        double[] means = [.. Enumerable.Range(0, columns).Select(j => rows.Average(row => x[row][j]))];
        double targetMean = rows.Average(row => targets[row]);
        var gram = new Strata.Tensors.Kernels.SquareMatrix(columns);
        var right = new double[columns];
        for (int a = 0; a < columns; a++)
        {
            right[a] = rows.Sum(row => (x[row][a] - means[a]) * (targets[row] - targetMean));
            for (int b = 0; b <= a; b++)
            {
                gram[a, b] = rows.Sum(row => (x[row][a] - means[a]) * (x[row][b] - means[b])) + (a == b ? alpha : 0);
            }
        }

        Strata.Tensors.Kernels.Cholesky.TryFactor(gram, new ParallelOptions())!.Solve(right);
        return targetMean + Enumerable.Range(0, columns).Sum(j => (x[left][j] - means[j]) * right[j]);
    }

    private static FeatureMatrix Matrix(int rows, int columns, RandomSource random)
    {
        var matrix = new FeatureMatrix([.. Enumerable.Repeat(1.0, rows)], columns);
        for (int row = 0; row < rows; row++)
        {
            if (row % FeatureMatrix.BlockRows == 0)
            {
                matrix.MakeBlock(row);
            }

            foreach (ref float value in matrix.Row(row))
            {
                value = (float)random.NextGaussian();
            }
        }

        using var team = new Strata.Tensors.Kernels.ThreadTeam(1);
        matrix.Standardize(columns, team, default);
        return matrix;
    }

    private static byte[] FileOf(RandomKernelModel model)
    {
        var writer = new ModelWriter();
        model.Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        return file.ToArray();
    }

    private static double Accuracy(Predictions predictions, TrainingTable test) =>
        Enumerable.Range(0, test.RowCount).Count(row => predictions.ClassCode(row) == ((ClassTarget)test.Target).Codes[row]) / (double)test.RowCount;

    /// <summary>Two channels of noise, 30 to 60 steps; the class is a wave in the first, in the second, or in none.</summary>
    private static TrainingTable Waves(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        int[] codes = [.. Enumerable.Range(0, rows).Select(row => row % 3)];
        float[]?[] series = [.. codes.Select(code =>
        {
            int steps = 30 + random.NextInt(31);
            double phase = 6 * random.NextDouble();
            return Enumerable.Range(0, 2 * steps).Select(i => (float)(0.5 * random.NextGaussian() + (i % 2 == code ? Math.Sin(phase + i / 2 * 0.7) : 0))).ToArray();
        })];
        return new TrainingTable(new Frame(new ArrayColumn("series", ColumnType.Series, ["x", "y"], series)), new ClassTarget("kind", codes, ["first", "second", "none"]));
    }

    private static (float[][] Series, int[] Codes) OneChannel(int rows)
    {
        var random = new RandomSource(12);
        int[] codes = [.. Enumerable.Range(0, rows).Select(row => row % 2)];
        return ([.. codes.Select(code => Enumerable.Range(0, 20 + random.NextInt(10)).Select(step => (float)(Math.Sin(step * (0.4 + 0.5 * code)) + 0.3 * random.NextGaussian())).ToArray())], codes);
    }

    private static (TrainingTable Table, double[] Truth) Frequencies(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        double[] truth = [.. Enumerable.Range(0, rows).Select(_ => 0.2 + random.NextDouble())];
        float[]?[] series = [.. truth.Select(frequency =>
        {
            double phase = 6 * random.NextDouble();
            return Enumerable.Range(0, 64).Select(step => (float)(Math.Sin(phase + frequency * step) + 0.2 * random.NextGaussian())).ToArray();
        })];
        return (new TrainingTable(new Frame(new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, series)), new NumberTarget("frequency", truth)), truth);
    }
}
