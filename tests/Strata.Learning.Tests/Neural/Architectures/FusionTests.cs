using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Neural.Inputs;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural.Architectures;

public sealed class FusionTests
{
    private static readonly FitContext Context = new() { Seed = 5, Threads = 2 };
    private static readonly Fusion Quick = new() { Epochs = 10, LearningRate = 5e-3, Points = 16, Width = 32, ModalityDropout = 0.25, SeriesEncoder = SeriesEncoderKind.Rnn, ImageEncoder = ImageEncoderKind.Cnn2d };

    [Theory]
    [InlineData(FusionMethod.Concatenate)]
    [InlineData(FusionMethod.Gated)]
    [InlineData(FusionMethod.CrossAttention)]
    public void Joined_modalities_tell_more_than_without_the_one_that_matters(FusionMethod method)
    {
        TrainingTable all = SampleArrays.Series(LearningTask.BinaryClassification, rows: 400);
        int[] rows = [.. Enumerable.Range(0, all.RowCount)];
        TrainingTable table = all.Take(rows.AsSpan(0, 250)), test = all.Take(rows.AsSpan(250));

        NetworkModel model = (Quick with { Method = method }).Fit(table, Context);
        IReadOnlyList<ModalityAblation> ablation = ModalityAblation.Of(model, test, Context, Metric.Named("roc_auc", LearningTask.BinaryClassification));

        ablation.Select(one => one.Modality).ShouldBe(["motion", "table"]);
        ablation[0].With.ShouldBeGreaterThan(0.75);
        ablation[0].Without.ShouldBeLessThan(ablation[0].With - 0.05, "the motion matters");
    }

    [Fact]
    public void Cells_that_are_missing_are_predicted_from_the_other_modalities()
    {
        TrainingTable table = SampleArrays.Mixed(LearningTask.Regression, rows: 60);
        NetworkModel model = (Quick with { Epochs = 1 }).Fit(table, Context);
        var motion = (ArrayColumn)table.Features["motion"];

        Predictions predictions = model.Predict(table.Features.With(new ArrayColumn("motion", motion.Type, motion.Channels, new float[60][])));

        predictions.Values.ShouldAllBe(value => double.IsFinite(value));
        predictions.Values.ShouldBe(model.PredictWithout("motion", table.Features, Context).Values);
    }

    [Fact]
    public void Each_modality_has_an_encoder_of_the_size_that_is_asked_for()
    {
        foreach (SeriesEncoderKind kind in Enum.GetValues<SeriesEncoderKind>())
        {
            Numbers(EncoderRecipes.Of(kind, width: 16, depth: 1)).ShouldBeLessThan(Numbers(EncoderRecipes.Of(kind, width: 16, depth: 3)), $"{kind}");
            Numbers(EncoderRecipes.Of(kind, width: 16, depth: 1)).ShouldBeLessThan(Numbers(EncoderRecipes.Of(kind, width: 32, depth: 1)), $"{kind}");
        }

        foreach (ImageEncoderKind kind in Enum.GetValues<ImageEncoderKind>())
        {
            Numbers(EncoderRecipes.Of(kind, width: 4, depth: 1)).ShouldBeLessThan(Numbers(EncoderRecipes.Of(kind, width: 4, depth: 2)), $"{kind}");
            Numbers(EncoderRecipes.Of(kind, width: 4)).ShouldBeLessThan(Numbers(EncoderRecipes.Of(kind)), $"{kind}");
        }

        Numbers(EncoderRecipes.Of(PointsEncoderKind.Pointnet, width: 64)).ShouldBeLessThan(Numbers(EncoderRecipes.Of(PointsEncoderKind.Pointnet)));
        TrainingTable table = SampleArrays.Mixed(LearningTask.Regression, rows: 40);
        long Joined(Fusion recipe)
        {
            using Network network = recipe.Build(InputEncoding.Of(recipe.Inputs, table, Context), 1, null);
            return network.Parameters.Sum(parameter => (long)parameter.Shape.Count);
        }

        long usual = Joined(Quick);
        Joined(Quick with { SeriesWidth = 8 }).ShouldBeLessThan(usual);
        Joined(Quick with { ImageWidth = 4, ImageDepth = 2 }).ShouldBeLessThan(usual);
        Joined(Quick with { PointsWidth = 32 }).ShouldBeLessThan(usual);
        foreach (TableEncoderKind kind in Enum.GetValues<TableEncoderKind>())
        {
            Joined(Quick with { TableEncoder = kind, TableWidth = 16, TableDepth = 1 }).ShouldBeLessThan(Joined(Quick with { TableEncoder = kind }), $"{kind}");
        }
    }

    [Fact]
    public void Every_network_for_arrays_of_the_catalog_can_be_joined()
    {
        string[] NamesOf<TKind>(Func<TKind, NetworkRecipe> of)
            where TKind : struct, Enum => [.. Enum.GetValues<TKind>().Select(kind => of(kind).Algorithm)];
        string[] joined = [.. NamesOf<SeriesEncoderKind>(kind => EncoderRecipes.Of(kind)), .. NamesOf<ImageEncoderKind>(kind => EncoderRecipes.Of(kind)), .. NamesOf<PointsEncoderKind>(kind => EncoderRecipes.Of(kind)), .. NamesOf<TableEncoderKind>(kind => EncoderRecipes.Of(kind))];

        joined.ShouldBe(Algorithms.All.Select(algorithm => algorithm.Recipe()).Where(recipe => recipe is ArrayNetworkRecipe or TableNetworkRecipe).Select(recipe => recipe.Algorithm), ignoreOrder: true);
        Hyperparameter.Of(new Fusion()).Single(known => known.Name == "series_encoder").Choices.ShouldBe(NamesOf<SeriesEncoderKind>(kind => EncoderRecipes.Of(kind)), ignoreOrder: true);
    }

    private static long Numbers(ArrayNetworkRecipe recipe)
    {
        using Encoder encoder = recipe.Encoder("encoder", 2, null);
        return encoder.Parameters.Sum(parameter => (long)parameter.Shape.Count);
    }
}
