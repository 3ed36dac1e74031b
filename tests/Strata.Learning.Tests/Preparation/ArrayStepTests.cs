using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Testing;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

public class ArrayStepTests
{
    private static readonly Frame Lags = new(
        new Float64Column("rain", [3, 13]), new Float64Column("rain_t-1", [2, 12]), new Float64Column("rain_t-2", [1, double.NaN]),
        new Float64Column("wind", [6, 16]), new Float64Column("wind_t-2", [4, 14]), new Float64Column("wind_t-1", [5, 15]),
        new Float64Column("height", [100, 200]));

    private static readonly Frame Views = new(
        Enumerable.Range(0, 12).Select(i => new Float64Column($"g{11 - i}", [11 - i, 10 * (11 - i)]))
            .Concat(Enumerable.Range(0, 4).Select(i => new Float64Column($"l{i}", [-i, double.NaN]))).Append<Column>(new Float64Column("depth", [1, 2])));

    [Fact]
    public void Lags_become_channels_of_one_series_with_the_column_of_now_last()
    {
        Frame folded = Apply("fold_series", Lags);

        folded.Names.ShouldBe(["height", "series"]);
        var series = (ArrayColumn)folded["series"];
        series.Channels.ShouldBe(["rain", "wind"]);
        series.TextAt(0).ShouldBe("[[1,4],[2,5],[3,6]]");
        series.TextAt(1).ShouldBe("[[null,14],[12,15],[13,16]]");
    }

    [Fact]
    public void Groups_of_other_numbers_become_series_of_their_own_in_the_order_of_their_numbers()
    {
        Frame folded = Apply("fold_series", Views);

        folded.Names.ShouldBe(["depth", "g", "l"]);
        folded["g"].TextAt(1).ShouldBe("[0,10,20,30,40,50,60,70,80,90,100,110]");
        folded["l"].IsMissing(1).ShouldBeTrue();
    }

    [Fact]
    public void Patterns_choose_columns_and_the_order_can_be_turned()
    {
        Frame folded = Apply("fold_series:columns=l*,series=local,order=down", Views);

        folded.Columns[^1].TextAt(0).ShouldBe("[-3,-2,-1,0]");
        folded.Columns[^1].Name.ShouldBe("local");
        folded.ColumnCount.ShouldBe(14);
        Should.Throw<DataException>(() => Apply("fold_series:columns=g*|l*", Views)).Message.ShouldContain("g: 12, l: 4");
        Should.Throw<DataException>(() => Apply("fold_series:columns=q*", Views)).Message.ShouldContain("called like 'q*'");
        Should.Throw<DataException>(() => Apply("fold_series", Views.Select(["depth"]))).Message.ShouldContain("no 3 numbered columns");
    }

    [Fact]
    public void Pixels_become_an_image_whichever_way_their_colours_stand()
    {
        var pixels = new Frame(Enumerable.Range(0, 12).Select(i => new Int64Column($"pixel{i}", [i])));

        Apply("fold_image:width=3", pixels)["image"].TextAt(0).ShouldBe("[[0,1,2],[3,4,5],[6,7,8],[9,10,11]]");
        Apply("fold_image:channels=3", pixels)["image"].TextAt(0).ShouldBe("[[[0,1,2],[3,4,5]],[[6,7,8],[9,10,11]]]");
        Apply("fold_image:channels=3,channels_first=true,image=x", pixels)["x"].TextAt(0).ShouldBe("[[[0,4,8],[1,5,9]],[[2,6,10],[3,7,11]]]");
        Should.Throw<DataException>(() => Apply("fold_image", pixels)).Message.ShouldContain("square");
    }

    [Fact]
    public void A_series_is_described_by_numbers_that_are_right()
    {
        float[] wave = [.. Enumerable.Range(0, 64).Select(step => (float)(2 + 3 * Math.Sin(2 * Math.PI * step / 8)))];
        var rows = new Frame(new ArrayColumn("s", ColumnType.Series, ArrayColumn.OneChannel, [wave, [1, 2, 3, 4, 5], null, [float.NaN, 4, float.NaN, 8]]));

        Frame described = Apply("series_features", rows);

        double At(string feature, int row) => described[$"s {feature}"].NumberAt(row);
        At("length", 0).ShouldBe(64);
        At("mean", 0).ShouldBe(2, 1e-6);
        At("deviation", 0).ShouldBe(3 / Math.Sqrt(2), 1e-6);
        At("strongest frequency", 0).ShouldBe(1.0 / 8);
        At("strength of it", 0).ShouldBe(1, 1e-9);
        At("spectral entropy", 0).ShouldBe(0, 1e-6);
        At("autocorrelation 4", 0).ShouldBe(-1, 1e-3);
        At("slope", 1).ShouldBe(2, 1e-12);
        At("curvature", 1).ShouldBe(0, 1e-12);
        (At("first", 1), At("last", 1), At("median", 1), At("q75", 1), At("change", 1), At("mean of part 8", 1)).ShouldBe((1, 5, 3, 4, 1, 5));
        described.Columns.ShouldAllBe(column => column.IsMissing(2));
        (At("mean", 3), At("length", 3), At("max", 3)).ShouldBe((6, 4, 8));
    }

    [Fact]
    public void The_spectrum_of_any_length_is_the_sum_that_defines_it()
    {
        foreach (int length in new[] { 1, 2, 7, 16, 30, 97 })
        {
            double[] values = [.. Enumerable.Range(0, length).Select(i => Math.Sin(i * i * 0.37) + i % 3)];
            double[] power = PowerSpectrum.Of(values, 0.5);
            for (int k = 1; k <= power.Length; k++)
            {
                double real = 0, imaginary = 0;
                for (int t = 0; t < length; t++)
                {
                    real += (values[t] - 0.5) * Math.Cos(2 * Math.PI * k * t / length);
                    imaginary += (values[t] - 0.5) * Math.Sin(2 * Math.PI * k * t / length);
                }

                power[k - 1].ShouldBe(real * real + imaginary * imaginary, 1e-8);
            }
        }
    }

    [Fact]
    public void Images_and_clouds_are_described_too()
    {
        var rows = new Frame(
            new ArrayColumn("i", ColumnType.Image, ArrayColumn.OneChannel, [[0, 0, 0, 8]], [2]),
            new ArrayColumn("p", ColumnType.Points, ["x", "y"], [[0, 1, 2, 3]]));

        Frame described = Apply("series_features", rows);

        (described["i mean"].NumberAt(0), described["i centre x"].NumberAt(0), described["i change across"].NumberAt(0)).ShouldBe((2, 0.75, 4));
        (described["p x mean"].NumberAt(0), described["p y max"].NumberAt(0)).ShouldBe((1, 3));
    }

    [Fact]
    public void Trees_and_linear_models_learn_from_series_without_being_told_how()
    {
        TrainingTable table = SampleArrays.Series(LearningTask.BinaryClassification, rows: 200);

        foreach (string name in new[] { "gradient_boosting", "logistic_regression" })
        {
            Algorithm algorithm = Algorithms.Named(name);
            PipelineModel model = algorithm.Prepared(algorithm.Recipe()).Fit(table, Context);
            model.Notes.ShouldContain(note => note.Contains("is described by", StringComparison.Ordinal));
            model.Predict(table.Features).RowCount.ShouldBe(table.RowCount);
        }

        TrainingTable numbers = SampleTables.WithTextAndDates(LearningTask.BinaryClassification, rows: 60);
        Algorithms.Named("gradient_boosting").Prepared(Algorithms.Named("gradient_boosting").Recipe()).Fit(numbers, Context).Steps.Select(step => step.Name).ShouldBe(["drop_text"]);
    }

    [Fact]
    public void Networks_and_random_kernels_take_arrays_as_they_are() => Algorithms.Named("minirocket").Prepared(Algorithms.Named("minirocket").Recipe()).Steps.ShouldNotContain(step => step is SeriesFeatures);

    private static Frame Apply(string plan, Frame rows) => Fitted(PreparationSteps.Of([StepPlan.Parse(plan)])[0], Table(rows)).Apply(rows);
}
