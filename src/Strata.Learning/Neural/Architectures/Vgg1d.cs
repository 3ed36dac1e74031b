using Strata.Learning.Neural.Layers;
using Strata.Tensors;

namespace Strata.Learning.Neural.Architectures;

/// <summary>
/// Stages of convolutions for series, each at half the steps and with twice the channels of the one before (Simonyan and Zisserman 2015), read part by part of the time by dense layers.
/// So Shallue and Vanderburg (2018) read folded light curves (AstroNet), where it matters when something happens.
/// </summary>
public sealed record Vgg1d : ConvolutionNetworkRecipe
{
    internal const string AlgorithmName = "vgg1d";

    public Vgg1d()
    {
        TimeParts = 16;
        JoinedWidth = 256;
        JoinedLayers = 2;
        JoinedDropout = 0.3;
    }

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of stages; each ends by halving the steps.", Min = 1, Max = 8, SearchMin = 2, SearchMax = 5)]
    public int Stages { get; init; } = 3;

    [Hyperparameter("Convolutions of each stage.", Min = 1, Max = 16, SearchMin = 1, SearchMax = 3)]
    public int Convolutions { get; init; } = 2;

    [Hyperparameter("Channels of the first stage.", Min = 1, Max = 1024, SearchMin = 8, SearchMax = 64, LogScale = true)]
    public int Filters { get; init; } = 16;

    [Hyperparameter("Steps that kernels span.", Min = 1, Max = 512, SearchMin = 3, SearchMax = 9)]
    public int KernelSize { get; init; } = 5;

    [Hyperparameter("Neighbouring steps of which each stage keeps the largest.", Min = 2, Max = 64, SearchMin = 2, SearchMax = 7)]
    public int PoolSize { get; init; } = 5;

    internal override Encoder Encoder(string name, int channels, RandomSource? random)
    {
        var layers = new List<Layer>();
        for (int stage = 0; stage < Stages; stage++)
        {
            int outputs = Filters << stage;
            for (int i = 0; i < Convolutions; i++)
            {
                string part = $"{name}.{stage}.{i}";
                layers.Add(new NormalizedConvolution(new Convolved1d($"{part}.conv", channels, outputs, KernelSize, Sliding.Same(KernelSize), random, hasBias: false), new BatchNormalized($"{part}.norm", outputs)));
                channels = outputs;
            }

            layers.Add(new HalvedSteps(PoolSize));
        }

        return new ConvolutionEncoder([.. layers], channels, TimeParts);
    }
}
