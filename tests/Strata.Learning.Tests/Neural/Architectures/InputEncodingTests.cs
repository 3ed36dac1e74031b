using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.RandomKernels;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Neural.Architectures;

public sealed class InputEncodingTests
{
    private static readonly FitContext Context = new() { Seed = 3 };

    [Fact]
    public void Series_are_scaled_by_channel_padded_to_the_longest_of_the_batch_and_gaps_repeat_the_step_before()
    {
        EncodedRows rows = Encoded(new InputPlan { Series = Scaling.Channel }, Series([[1, 10, float.NaN, 20, 3, 30], [5, 40], null]));

        Batch batch = Filled(rows, [1, 0]);

        ArrayBatch arrays = batch.Arrays[0];
        arrays.Shape.ShouldBe(new Shape(2, 3, 3));
        arrays.Lengths.ToArray().ShouldBe([1, 3]);
        float deviation = MathF.Sqrt(8f / 3), other = MathF.Sqrt(125);
        float[] expected = [2 / deviation, 15 / other, 0, 0, 0, 0, 0, 0, 0, -2 / deviation, -15 / other, 0, -2 / deviation, -5 / other, 1, 0, 5 / other, 0];
        arrays.Values.ToArray().ShouldBe(expected, 1e-6);
        batch.Absent(0).ToArray().ShouldBe([false, false]);
    }

    [Fact]
    public void A_missing_cell_is_one_step_of_zeros_that_counts_as_absent()
    {
        Batch batch = Filled(Encoded(new InputPlan { Series = Scaling.None }, Series([[1, 10], [5, 40, 6, 50], null])), [2, 1]);

        batch.Absent(0).ToArray().ShouldBe([true, false]);
        batch.Arrays[0].Lengths.ToArray().ShouldBe([1, 2]);
        batch.Arrays[0].Row(0).ToArray().ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void A_wide_table_is_one_series_a_row_that_ends_with_its_last_number()
    {
        var table = new Frame(new Float64Column("t0", [1, 2]), new Int64Column("t1", [3, 4]), new Float64Column("t2", [5, double.NaN]));

        Batch batch = Filled(Encoded(new InputPlan { Series = Scaling.None, ReadsWideTables = true }, table), [0, 1]);

        batch.Arrays[0].Lengths.ToArray().ShouldBe([3, 2]);
        batch.Arrays[0].Values.ToArray().ShouldBe([1, 3, 5, 2, 4, 0]);
    }

    [Fact]
    public void A_category_in_a_wide_table_stands_beside_its_series()
    {
        var table = new Frame(new Float64Column("t0", [1, 2]), CategoryColumn.Of("site", ["a", "b"]), new Float64Column("t1", [3, 4]));

        EncodedRows rows = Encoded(new InputPlan { Series = Scaling.None, ReadsWideTables = true }, table);

        rows.Encoding.PartNames.ShouldBe(["series", "table"]);
        Filled(rows, [0, 1]).Arrays[0].Values.ToArray().ShouldBe([1, 3, 2, 4]);
        rows.Encoding.Table!.TableRows.Count.ShouldBe(1);
    }

    [Fact]
    public void A_table_without_numbers_has_no_series_for_networks_and_for_random_kernels_alike()
    {
        var table = new TrainingTable(new Frame(CategoryColumn.Of("site", ["a", "b"])), new ClassTarget("kind", [0, 1], ["no", "yes"]));
        string[] problems = [.. new IRecipe[] { new Cnn1d(), new MiniRocket(), new Rocket() }.Select(recipe => Should.Throw<DataException>(() => recipe.Fit(table, new FitContext())).Message)];

        problems.Distinct().ShouldHaveSingleItem().ShouldContain("There is no series to learn from");
    }

    [Fact]
    public void Arrays_of_another_kind_are_refused_with_what_is_taken() =>
        Should.Throw<DataException>(() => Encoded(new InputPlan { Points = Scaling.Row, PointCount = 4 }, Series([[1, 2]]))).Message.ShouldContain("takes points");

    [Fact]
    public void Images_of_several_sizes_are_refused_unless_a_size_is_set()
    {
        var images = new Frame(new ArrayColumn("picture", ColumnType.Image, ArrayColumn.OneChannel, [[1, 2, 3, 4], [1, 1, 3, 3, 5, 5]], [2, 2]));

        Should.Throw<DataException>(() => Encoded(new InputPlan { Images = Scaling.None }, images)).Message.ShouldContain("2 x 2, 3 x 2");
        Batch batch = Filled(Encoded(new InputPlan { Images = Scaling.None, ImageSize = 2 }, images), [0, 1]);

        batch.Arrays[0].Shape.ShouldBe(new Shape(2, 2, 2, 1));
        batch.Arrays[0].Values.ToArray().ShouldBe([1, 2, 3, 4, 1.5f, 1.5f, 4.5f, 4.5f], 1e-6);
    }

    [Fact]
    public void Points_are_moved_to_their_centre_and_scaled_to_the_unit_sphere()
    {
        var clouds = new Frame(new ArrayColumn("cloud", ColumnType.Points, ["x", "y", "z"], [[1, 1, 1, 3, 1, 1, float.NaN, 0, 0]]));

        Batch batch = Filled(Encoded(new InputPlan { Points = Scaling.Row, PointCount = 2 }, clouds), [0]);

        batch.Arrays[0].Values.ToArray().ShouldBe([-1, 0, 0, 1, 0, 0], 1e-6);
    }

    [Fact]
    public void While_predicting_a_cloud_is_drawn_alike_whatever_stands_beside_it()
    {
        float[] cloud = [.. Enumerable.Range(0, 90).Select(i => MathF.Sin(i))];
        EncodedRows rows = Encoded(new InputPlan { Points = Scaling.Row, PointCount = 10 }, new Frame(new ArrayColumn("cloud", ColumnType.Points, ["x", "y", "z"], [cloud[..60], cloud, cloud])));

        Batch batch = Filled(rows, [0, 1, 2]);

        batch.Arrays[0].Row(1).ToArray().ShouldBe(batch.Arrays[0].Row(2).ToArray());
        Filled(rows, [1]).Arrays[0].Row(0).ToArray().ShouldBe(batch.Arrays[0].Row(1).ToArray());
    }

    [Fact]
    public void Modality_dropout_never_leaves_a_row_without_anything()
    {
        var frame = new Frame(new ArrayColumn("motion", ColumnType.Series, ArrayColumn.OneChannel, [[1], null, [2]]), new Float64Column("mass", [1, 2, 3]));
        Batch batch = Filled(Encoded(new InputPlan { Series = Scaling.None }, frame), [0, 1, 2]);

        batch.LeaveOut(1, new RandomSource(1));

        for (int row = 0; row < 3; row++)
        {
            (batch.Absent(0)[row] && batch.Absent(1)[row]).ShouldBeFalse();
        }

        batch.Absent(1)[1].ShouldBeFalse("the only part that is there stays");
    }

    private static Frame Series(float[]?[] cells) => new(new ArrayColumn("motion", ColumnType.Series, ["a", "b"], cells));

    private static EncodedRows Encoded(InputPlan plan, Frame features) =>
        InputEncoding.Of(plan, new TrainingTable(features, new NumberTarget("y", new double[features.RowCount])), Context).Encode(features);

    private static Batch Filled(EncodedRows rows, int[] which)
    {
        var batch = new Batch(rows, which.Length);
        batch.Fill(rows, which, random: null);
        return batch;
    }
}
