using Strata.Learning.Neural.Layers;
using Strata.Tensors;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A convolutional network for series: by default the fully convolutional network of Wang et al. (2017), with kernels of 8, 5 and 3 steps and the mean over all steps.</summary>
public sealed record Cnn1d : ConvolutionNetworkRecipe
{
    internal const string AlgorithmName = "cnn1d";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of convolutions.", Min = 1, Max = 16, SearchMin = 2, SearchMax = 5)]
    public int Layers { get; init; } = 3;

    [Hyperparameter("Channels of the first and the last convolution; those between have twice as many.", Min = 1, Max = 2048, SearchMin = 32, SearchMax = 128, LogScale = true)]
    public int Filters { get; init; } = 128;

    [Hyperparameter("Steps that the first kernels span; later ones span fewer, down to 3.", Min = 1, Max = 512, SearchMin = 3, SearchMax = 15)]
    public int KernelSize { get; init; } = 8;

    [Hyperparameter("Share of the last channels left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; }

    internal override Encoder Encoder(string name, int channels, RandomSource? random)
    {
        var layers = new Layer[Layers];
        for (int i = 0; i < Layers; i++)
        {
            int outputs = i == 0 || i == Layers - 1 ? Filters : 2 * Filters, size = KernelSizes.Of(KernelSize, i, Layers);
            layers[i] = new NormalizedConvolution(new Convolved1d($"{name}.{i}.conv", channels, outputs, size, Sliding.Same(size), random, hasBias: false), new BatchNormalized($"{name}.{i}.norm", outputs));
            channels = outputs;
        }

        return new ConvolutionEncoder([.. layers, new DroppedChannels(Dropout)], Filters, TimeParts);
    }
}
