using Strata.Learning.Neural.Architectures;
using Strata.Learning.Neural.Layers;
using Strata.Tensors;

namespace Strata.Bench.Steps;

/// <summary>Networks of convolutions for images and series, and one for points.</summary>
internal static class ConvolutionNetworks
{
    public static StepNetwork[] All =>
    [
        new("resnet8", [64, 32, 32, 3], 10, random => WithHead(new Resnet2d().Encoder("encoder", 3, random), 10, random)),
        new("inception_time", [64, 1024, 1], 10, random => WithHead(new InceptionTime().Encoder("encoder", 1, random), 10, random)),
        new("pointnet", [32, 1024, 3], 10, random => WithHead(new Pointnet().Encoder("encoder", 3, random), 10, random)),
    ];

    private static Sequential WithHead(Encoder encoder, int classes, RandomSource random) => new(encoder, new Dense("head", encoder.Width, classes, random));
}
