using Strata.Learning.Neural.Layers;
using Strata.Tensors;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A convolutional network for images and other grids: stages of 3 x 3 convolutions, each stage at half the size and with twice the channels of the one before.</summary>
public sealed record Cnn2d : ImageNetworkRecipe
{
    internal const string AlgorithmName = "cnn2d";

    private const int KernelSize = 3;

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of stages; each but the first begins by halving the image.", Min = 1, Max = 8, SearchMin = 2, SearchMax = 4)]
    public int Stages { get; init; } = 3;

    [Hyperparameter("Convolutions of each stage.", Min = 1, Max = 16, SearchMin = 1, SearchMax = 3)]
    public int Convolutions { get; init; } = 2;

    [Hyperparameter("Channels of the first stage.", Min = 1, Max = 1024, SearchMin = 8, SearchMax = 64, LogScale = true)]
    public int Filters { get; init; } = 32;

    [Hyperparameter("Share of the last channels left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; } = 0.1;

    internal override Encoder Encoder(string name, int channels, RandomSource? random)
    {
        var layers = new List<Layer>();
        for (int stage = 0; stage < Stages; stage++)
        {
            if (stage > 0)
            {
                // An odd last row or column counts for itself.
                layers.Add(new Pooled(PoolKind.Max, 2, new Sliding(2, after: 1)));
            }

            int outputs = Filters << stage;
            for (int i = 0; i < Convolutions; i++)
            {
                string part = $"{name}.{stage}.{i}";
                layers.Add(new NormalizedConvolution(new Convolved2d($"{part}.conv", channels, outputs, KernelSize, Sliding.Same(KernelSize), random, hasBias: false), new BatchNormalized($"{part}.norm", outputs)));
                channels = outputs;
            }

            if (stage > 0)
            {
                layers.Add(new DroppedBlocks(BlockDropout, BlockSize));
            }
        }

        layers.Add(new DroppedChannels(Dropout));
        return new ConvolutionEncoder([.. layers], channels);
    }
}
