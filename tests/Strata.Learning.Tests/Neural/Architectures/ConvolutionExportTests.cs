using Shouldly;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Onnx;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural.Architectures;

/// <summary>Networks of convolutions as ONNX graphs say what the networks say, on series of unequal lengths too.</summary>
public sealed class ConvolutionExportTests
{
    private static readonly Dictionary<string, (IRecipe Recipe, Func<TrainingTable> Table)> Networks = new()
    {
        ["cnn1d"] = (new Cnn1d { Epochs = 1, Filters = 8 }, Series),
        ["cnn1d_in_parts"] = (new Cnn1d { Epochs = 1, Filters = 8, TimeParts = 5 }, Series),
        ["vgg1d"] = (new Vgg1d { Epochs = 1, Filters = 4, Stages = 3, TimeParts = 3, JoinedWidth = 16 }, Series),
        ["vgg1d_of_one_length"] = (new Vgg1d { Epochs = 1, Filters = 4, Stages = 2, JoinedWidth = 16 }, () => SampleArrays.Series(LearningTask.Regression, rows: 60, shortest: 16, longest: 16)),
        ["resnet1d"] = (new Resnet1d { Epochs = 1, Filters = 4, Blocks = 2 }, Series),
        ["inception_time"] = (new InceptionTime { Epochs = 1, Filters = 4, Modules = 4, KernelSize = 8 }, Series),
        ["tcn"] = (new Tcn { Epochs = 1, Filters = 4, Blocks = 2 }, Series),
        ["tcn without lengths"] = (new Tcn { Epochs = 1, Filters = 4, Blocks = 2, WeightNorm = false }, Series),
        ["resnet1d recomputed"] = (new Resnet1d { Epochs = 1, Filters = 4, Blocks = 2, Recompute = true }, Series),
        ["transformer with learned positions"] = (new Transformer { Epochs = 1, Layers = 1, Heads = 2, HeadWidth = 4, Patch = 2, Positions = PositionKind.Learned, PositionCount = 5 }, Series),
        ["cnn2d with blocks left out"] = (new Cnn2d { Epochs = 1, Filters = 4, Stages = 2, BlockDropout = 0.2, BlockSize = 3 }, () => SampleArrays.Images(LearningTask.Regression, rows: 60)),
        ["cnn2d"] = (new Cnn2d { Epochs = 1, Filters = 4, Stages = 2 }, () => SampleArrays.Images(LearningTask.Regression, rows: 60)),
        ["resnet2d"] = (new Resnet2d { Epochs = 1, Filters = 4 }, () => SampleArrays.Images(LearningTask.Regression, rows: 60)),
        ["pointnet"] = (new Pointnet { Epochs = 1, Features = 16, Points = 24 }, () => SampleArrays.Points(LearningTask.Regression, rows: 60)),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_graph_says_what_the_network_says(string name)
    {
        (IRecipe recipe, Func<TrainingTable> make) = Networks[name];
        TrainingTable table = make();

        OnnxExport.Of(recipe.Fit(table, new FitContext { Seed = 3 })).Certify(table.Features).LargestDifference.ShouldBeLessThan(1e-4);
    }

    private static TrainingTable Series() => SampleArrays.Series(LearningTask.Regression, rows: 60, shortest: 9, longest: 16);
}
