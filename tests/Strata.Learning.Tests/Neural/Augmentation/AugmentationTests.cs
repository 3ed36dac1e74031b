using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Neural.Augmentation;
using Strata.Learning.Tests.Neural.Architectures;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural.Augmentation;

public class AugmentationTests
{
    private static readonly CellShape Series = new(40, 1, 2, 2), Image = new(6, 8, 3, 3), Points = new(50, 1, 3, 3);

    public static TheoryData<string, ColumnType> All() => new(
        from text in AugmentationPlan.Words.Split(' ').Select(word => word.TrimEnd(',')).Where(word => word.Contains('=', StringComparison.Ordinal) || word == "flip")
        from type in new[] { ColumnType.Series, ColumnType.Image, ColumnType.Points }
        where AugmentationPlan.Of([text]).Changes[0].IsFor(type)
        select new TheoryDataRow<string, ColumnType>(text, type));

    [Theory]
    [MemberData(nameof(All))]
    public void A_change_is_the_same_from_the_same_chance_another_from_another_and_stays_finite(string text, ColumnType type)
    {
        CellShape shape = type == ColumnType.Series ? Series : type == ColumnType.Image ? Image : Points;
        float[] cell = Noise(shape.Count);

        float[][] changed = [.. Enumerable.Range(0, 12).Select(seed => Changed(text, cell, shape, (ulong)seed))];

        Changed(text, cell, shape, 3).ShouldBe(changed[3]);
        changed.ShouldAllBe(one => one.All(float.IsFinite));
        changed.Select(one => string.Join(' ', one)).Distinct().Count().ShouldBeGreaterThan(1);
        changed.Average(one => one.Zip(cell, (a, b) => Math.Abs(a - b)).Average()).ShouldBeLessThan(2);
    }

    [Fact]
    public void A_change_of_strength_zero_changes_nothing()
    {
        float[] series = Noise(Series.Count), image = Noise(Image.Count), points = Noise(Points.Count);

        Changed("jitter=0", series, Series, 1).ShouldBe(series);
        Changed("shift=0", series, Series, 1).ShouldBe(series);
        Changed("scale=0", series, Series, 1).ShouldBe(series);
        ShouldBeNear(Changed("warp=0", series, Series, 1), series);
        ShouldBeNear(Changed("slice=1", series, Series, 1), series);
        Changed("crop=0", image, Image, 1).ShouldBe(image);
        ShouldBeNear(Changed("rotate=0", image, Image, 1), image);
        Changed("brightness=0", image, Image, 1).ShouldBe(image);
        Changed("turn=0", points, Points, 1).ShouldBe(points);
        Changed("drop=0", points, Points, 1).ShouldBe(points);
    }

    [Fact]
    public void A_warp_keeps_the_ends_and_the_order_of_time()
    {
        float[] ramp = [.. Enumerable.Range(0, 40).SelectMany(step => new[] { step, (float)-step })];

        float[] warped = Changed("warp=0.8", ramp, Series, 5);

        (warped[0], warped[^2], warped[^1]).ShouldBe((0, 39, -39));
        Enumerable.Range(1, 39).ShouldAllBe(step => warped[2 * step] > warped[2 * step - 2]);
        Enumerable.Range(0, 40).Max(step => Math.Abs(warped[2 * step] - step)).ShouldBeGreaterThan(0.3f);
    }

    [Fact]
    public void A_permutation_and_a_flip_keep_every_step()
    {
        float[] ramp = [.. Enumerable.Range(0, 40).SelectMany(step => new[] { step, (float)-step })];

        Changed("permute=6", ramp, Series, 2).Order().ShouldBe(ramp.Order());
        float[][] flipped = [.. Enumerable.Range(0, 8).Select(seed => Changed("flip", ramp, Series, (ulong)seed))];
        flipped.ShouldContain(one => one[0] == 39 && one[1] == -39 && one[78] == 0);
        flipped.ShouldContain(one => one[0] == 0);
    }

    [Fact]
    public void A_shift_moves_all_steps_alike_and_repeats_an_end()
    {
        float[] ramp = [.. Enumerable.Range(0, 40).SelectMany(step => new[] { step, (float)-step })];

        float[][] shifted = [.. Enumerable.Range(0, 100).Select(seed => Changed("shift=2", ramp, Series, (ulong)seed))];

        shifted.Select(one => one[20] - 10).Distinct().Order().ShouldBe([-2, -1, 0, 1, 2]);
        shifted.ShouldAllBe(one => Enumerable.Range(0, 40).All(step => one[2 * step] == Math.Clamp(step + one[20] - 10, 0, 39) && one[2 * step + 1] == -one[2 * step]));
    }

    [Fact]
    public void A_crop_moves_the_image_and_brings_in_zeros()
    {
        var shape = new CellShape(5, 5, 1, 1);
        float[] dot = new float[25];
        dot[12] = 1;

        int[] places = [.. Enumerable.Range(0, 300).Select(seed => Array.IndexOf(Changed("crop=1", dot, shape, (ulong)seed), 1f))];

        places.Distinct().Order().ShouldBe([6, 7, 8, 11, 12, 13, 16, 17, 18]);
    }

    [Fact]
    public void A_turn_keeps_heights_and_distances_from_the_axis()
    {
        float[] points = Noise(Points.Count), turned = Changed("turn", points, Points, 4);

        for (int at = 0; at < points.Length; at += 3)
        {
            turned[at + 2].ShouldBe(points[at + 2]);
            Math.Sqrt(turned[at] * turned[at] + turned[at + 1] * turned[at + 1]).ShouldBe(Math.Sqrt(points[at] * points[at] + points[at + 1] * points[at + 1]), 1e-4);
        }
    }

    [Fact]
    public void Channels_that_tell_of_gaps_get_no_noise()
    {
        var shape = new CellShape(30, 1, 2, 1);
        float[] cell = Noise(60);

        float[] changed = Changed("jitter=1", cell, shape, 1);

        Enumerable.Range(0, 30).ShouldAllBe(step => changed[2 * step + 1] == cell[2 * step + 1] && changed[2 * step] != cell[2 * step]);
    }

    [Theory]
    [InlineData("jiter", "Did you mean 'jitter'?")]
    [InlineData("jitter=loud", "expected a number from 0 to 10, such as jitter=0.05")]
    [InlineData("slice=0", "expected a number from 0.05 to 1")]
    public void What_is_no_augmentation_is_named(string text, string message) => Should.Throw<DataException>(() => AugmentationPlan.Of([text])).Message.ShouldContain(message);

    [Theory]
    [InlineData("jitter=0.1|scale|warp|slice")]
    [InlineData("cutmix|jitter")]
    public void A_network_learns_from_varied_rows_the_same_each_time(string augment)
    {
        TrainingTable table = SampleArrays.Series(LearningTask.MulticlassClassification, rows: 120, shortest: 10, longest: 20);
        table = table.WithFeatures(new Frame(table.Features.Columns.Where(column => column is ArrayColumn)));
        PooledSeries recipe = new() { Epochs = 8, LearningRate = 2e-2, Augment = augment.Split('|') };
        var context = new FitContext { Seed = 2, Threads = 1 };

        double[] varied = recipe.Fit(table, context).Predict(table.Features).Values;

        varied.ShouldAllBe(value => double.IsFinite(value));
        recipe.Fit(table, context with { Threads = 2 }).Predict(table.Features).Values.ShouldBe(varied);
        (recipe with { Augment = [] }).Fit(table, context).Predict(table.Features).Values.ShouldNotBe(varied);
    }

    [Fact]
    public void An_augmentation_for_other_arrays_is_refused() => Should.Throw<DataException>(() =>
        new PooledSeries { Epochs = 1, Augment = ["cutout"] }.Fit(SampleArrays.Series(LearningTask.Regression), new FitContext())).Message.ShouldBe("The augmentation cutout is not for series.");

    private static float[] Changed(string text, float[] cell, CellShape shape, ulong seed)
    {
        float[] copy = [.. cell];
        AugmentationPlan.Of([text]).Changes[0].Apply(copy, shape, new float[copy.Length], new RandomSource(seed));
        return copy;
    }

    private static float[] Noise(int count)
    {
        var random = new RandomSource(11);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
    }

    private static void ShouldBeNear(float[] found, float[] expected) => found.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-5f);
}
