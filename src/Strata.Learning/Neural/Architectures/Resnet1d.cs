using Strata.Learning.Neural.Layers;
using Strata.Tensors;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A residual network for series (Wang et al. 2017): blocks of three convolutions with kernels of 8, 5 and 3 steps, each of which adds to what came in.</summary>
public sealed record Resnet1d : ConvolutionNetworkRecipe
{
    internal const string AlgorithmName = "resnet1d";

    private const int Convolutions = 3;

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of blocks.", Min = 1, Max = 16, SearchMin = 2, SearchMax = 4)]
    public int Blocks { get; init; } = 3;

    [Hyperparameter("Channels of the first block; the others have twice as many.", Min = 1, Max = 2048, SearchMin = 16, SearchMax = 64, LogScale = true)]
    public int Filters { get; init; } = 64;

    [Hyperparameter("Steps that the first kernels of a block span; its later ones span fewer, down to 3.", Min = 1, Max = 512, SearchMin = 3, SearchMax = 15)]
    public int KernelSize { get; init; } = 8;

    [Hyperparameter("Compute the inside of each block again on the way back instead of keeping it: less memory for about a third more time, and the same result.", Advanced = true)]
    public bool Recompute { get; init; }

    [Hyperparameter("Share of the last channels left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; }

    internal override Encoder Encoder(string name, int channels, RandomSource? random)
    {
        var blocks = new Layer[Blocks];
        for (int block = 0; block < Blocks; block++)
        {
            int inputs = channels, outputs = block == 0 ? Filters : 2 * Filters;
            NormalizedConvolution Convolution(string part, int from, int size, bool rectifies) => new(
                new Convolved1d($"{name}.{block}.{part}.conv", from, outputs, size, Sliding.Same(size), random, hasBias: false), new BatchNormalized($"{name}.{block}.{part}.norm", outputs), rectifies);
            NormalizedConvolution[] path = [.. Enumerable.Range(0, Convolutions).Select(i => Convolution($"{i}", i == 0 ? inputs : outputs, KernelSizes.Of(KernelSize, i, Convolutions), rectifies: true))];
            var inner = new ResidualConvolutions(path, inputs == outputs ? null : Convolution("shortcut", inputs, 1, rectifies: false));
            blocks[block] = Recompute ? new Recomputed(inner) : inner;
            channels = outputs;
        }

        return new ConvolutionEncoder([.. blocks, new DroppedChannels(Dropout)], channels, TimeParts);
    }
}
