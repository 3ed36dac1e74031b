using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Deep;
using Strata.Learning.Linear;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Preparation;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation.Deep;

public sealed class DeepAttributionTests
{
    public static TheoryData<NetworkRecipe> TableNetworks => [new Mlp { Epochs = 3 }, new ResnetTabular { Epochs = 2 }, new FtTransformer { Epochs = 1 }];

    public static TheoryData<NetworkRecipe> ArrayNetworks =>
        [new Cnn1d { Epochs = 1 }, new Lstm { Epochs = 1 }, new Transformer { Epochs = 1 }, new Vgg1d { Epochs = 1 }, new Cnn2d { Epochs = 1 }];

    [Theory]
    [MemberData(nameof(TableNetworks))]
    public void Integrated_gradients_of_tables_sum_to_the_difference_from_the_means(NetworkRecipe recipe) => ShouldBeComplete(recipe, SampleTables.Mixed(LearningTask.MulticlassClassification, rows: 120));

    [Theory]
    [MemberData(nameof(ArrayNetworks))]
    public void Integrated_gradients_of_arrays_sum_to_the_difference_from_the_means(NetworkRecipe recipe) => ShouldBeComplete(recipe, SampleArrays.Of(((IRecipe)recipe).ArrayTypes, LearningTask.BinaryClassification, rows: 40));

    [Fact]
    public void Integrated_gradients_of_clouds_of_points_sum_to_the_difference_from_the_means() =>
        ShouldBeComplete(new Pointnet { Epochs = 1, Points = 24, Features = 16 }, SampleArrays.Points(LearningTask.BinaryClassification, rows: 40));

    [Theory]
    [InlineData(FusionMethod.Concatenate)]
    [InlineData(FusionMethod.Gated)]
    [InlineData(FusionMethod.CrossAttention)]
    public void Integrated_gradients_of_joined_modalities_sum_to_the_difference_from_the_means_and_reach_each(FusionMethod method)
    {
        TrainingTable table = SampleArrays.Mixed(LearningTask.MulticlassClassification, rows: 40);
        var recipe = new Fusion { Epochs = 1, Width = 8, SeriesWidth = 4, ImageWidth = 4, PointsWidth = 16, TableWidth = 8, Points = 24, Method = method };

        IReadOnlyList<DeepAttribution> told = ShouldBeComplete(recipe, table);

        string[] silent = [.. told.SelectMany(one => one.Columns).GroupBy(column => column.Column).Where(column => column.All(one => one.Value == 0)).Select(column => column.Key)];
        silent.ShouldBe(["side"], "a category has no gradient");
        told[0].Maps.Select(map => map.Column).ShouldBe(["motion", "picture"], "points lie nowhere on a map");
    }

    [Fact]
    public void Numbers_are_in_the_unit_of_the_target_and_an_ensemble_is_the_mean_of_its_networks()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 200);
        NetworkModel model = new Mlp { Epochs = 5, EnsembleMembers = 2 }.Fit(table, new FitContext { Threads = 1 });

        IReadOnlyList<DeepAttribution> told = DeepAttributions.Of(model, table.Features.Take([0, 1, 2]), new DeepOptions { Steps = 200 });

        told.Select(one => one.Score).ShouldBe(model.Predict(table.Features.Take([0, 1, 2])).Values, 1e-3);
        told.ShouldAllBe(one => one.CompletenessError < 0.02 * (1 + Math.Abs(one.Score - one.BaselineScore)));
        told.Select(one => one.Output).ShouldBe(["outcome", "outcome", "outcome"]);
    }

    [Fact]
    public void The_columns_that_matter_to_a_network_come_first()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 400, columns: 8);
        NetworkModel model = new Mlp { Epochs = 15 }.Fit(table, new FitContext { Threads = 2 });
        foreach (GradientMethod method in Enum.GetValues<GradientMethod>())
        {
            IReadOnlyList<DeepAttribution> told = DeepAttributions.Of(model, table.Features.Take([.. Enumerable.Range(0, 15)]), new DeepOptions { Method = method, Steps = 16 });

            string[] order = [.. told.SelectMany(one => one.Columns).GroupBy(column => column.Column).OrderByDescending(column => column.Average(one => Math.Abs(one.Value))).Select(column => column.Key)];
            order.Take(2).ShouldBe(["x0", "x1"]);
        }
    }

    [Fact]
    public void Maps_have_the_sizes_of_their_arrays_and_sum_to_the_column()
    {
        TrainingTable table = SampleArrays.Series(LearningTask.BinaryClassification, rows: 60, shortest: 12, longest: 20);
        NetworkModel model = new Cnn1d { Epochs = 1 }.Fit(table, new FitContext { Threads = 1 });
        var motion = (ArrayColumn)table.Features["motion"];
        int row = Enumerable.Range(0, 60).First(row => motion.StepsOf(row) == 17);

        DeepAttribution told = DeepAttributions.Of(model, table.Features.Take([row])).Single();

        AttributionMap map = told.Maps.Single();
        (map.Height, map.Width, map.Values.Count).ShouldBe((1, 17, 34));
        map.Channels.ShouldBe(["height", "sway"]);
        map.Values.Sum().ShouldBe(told.Columns.Single(column => column.Column == "motion").Value, 1e-9);
        told.Columns.Select(column => column.Column).ShouldBe(["motion", "mass", "side"]);
    }

    [Fact]
    public void Behind_a_preparation_the_original_columns_are_told_and_other_models_are_refused()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, rows: 120);
        PipelineModel model = new Pipeline([new Impute(), new OneHot()], new Mlp { Epochs = 1 }).Fit(table, new FitContext { Threads = 1 });

        DeepAttribution told = DeepAttributions.Of(model, table.Features.Take([3])).Single();

        told.Columns.Select(column => column.Column).ShouldBe(table.Features.Names);
        told.Columns.Single(column => column.Column == "colour").Value.ShouldNotBe(0);
        DeepAttributions.CanExplain(model).ShouldBeTrue();
        RidgeModel line = new Ridge().Fit(SampleTables.Numbers(LearningTask.Regression, rows: 60), new FitContext());
        DeepAttributions.CanExplain(line).ShouldBeFalse();
        Should.Throw<DataException>(() => DeepAttributions.Of(line, table.Features)).Message.ShouldContain("'ridge' model has no gradients");
    }

    [Fact]
    public void Hiding_the_window_that_counts_lowers_the_answer_there()
    {
        float[] curve = [.. Enumerable.Range(0, 50).Select(step => step is >= 30 and < 33 ? 6f : 0f)];
        float[] picture = new float[16 * 16];
        picture[5 * 16 + 9] = 4;
        var series = new Frame(new ArrayColumn("curve", ColumnType.Series, ArrayColumn.OneChannel, [curve, new float[50], null]));
        var images = new Frame(new ArrayColumn("picture", ColumnType.Image, ArrayColumn.OneChannel, [picture, new float[256]], [16, 16]));

        IReadOnlyList<Occlusion> overTime = Occlusion.Of(new FunctionModel(series, x => x[0]), series, new OcclusionOptions { Window = 5, Stride = 1 });
        Occlusion overPatches = Occlusion.Of(new FunctionModel(images, x => x[0]), images.Take([0]), new OcclusionOptions { Background = images.Take([1]) }).Single();

        overTime.Select(one => one.Row).ShouldBe([0, 1]);
        AttributionMap map = overTime[0].Map;
        Enumerable.Range(0, 50).MaxBy(step => map.Values[step]).ShouldBe(31);
        map.Values.Take(20).ShouldAllBe(value => value <= 0);
        (overPatches.Map.Height, overPatches.Map.Width).ShouldBe((16, 16));
        overPatches.Map.Values[5 * 16 + 9].ShouldBe(4 / 256.0, 1e-9);
        overPatches.Map.Values[0].ShouldBe(0, 1e-9);
        Should.Throw<DataException>(() => Occlusion.Of(new FunctionModel(series, x => x[0]), series, new OcclusionOptions { Window = 0 })).Message.ShouldContain("The window is 0 long");
    }

    private static IReadOnlyList<DeepAttribution> ShouldBeComplete(NetworkRecipe recipe, TrainingTable table)
    {
        NetworkModel model = ((IRecipe<NetworkModel>)recipe).Fit(table, new FitContext { Threads = 1 });
        Frame rows = table.Features.Take([0, 7]);

        IReadOnlyList<DeepAttribution> told = DeepAttributions.Of(model, rows, new DeepOptions { Steps = 48 });

        told.Count.ShouldBe(2 * model.Signature.OutputCount);
        double[] raw = model.Predict(rows).RawScores;
        for (int i = 0; i < told.Count; i++)
        {
            told[i].Score.ShouldBe(raw[i], 1e-4 * (1 + Math.Abs(raw[i])));
            told[i].CompletenessError.ShouldBeLessThan(0.05 * (Math.Abs(told[i].Score - told[i].BaselineScore) + told[i].Columns.Sum(column => Math.Abs(column.Value))) + 0.01);
        }

        told.SelectMany(one => one.Columns).Any(column => column.Value != 0).ShouldBeTrue();
        return told;
    }
}
