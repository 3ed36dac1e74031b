using Strata.Learning.Neural.Layers;
using Strata.Tensors;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A residual network for images and other grids, as He et al. (2016) built them for CIFAR-10: three stages of blocks of two 3 x 3 convolutions.</summary>
public sealed record Resnet2d : ImageNetworkRecipe
{
    internal const string AlgorithmName = "resnet2d";

    private const int Stages = 3, KernelSize = 3;

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Blocks of each of three stages: 1 for ResNet-8, 3 for ResNet-20, 9 for ResNet-56.", Min = 1, Max = 64, SearchMin = 1, SearchMax = 5)]
    public int Blocks { get; init; } = 1;

    [Hyperparameter("Channels of the first stage; each further stage has twice as many at half the size.", Min = 1, Max = 1024, SearchMin = 8, SearchMax = 64, LogScale = true)]
    public int Filters { get; init; } = 16;

    [Hyperparameter("Compute the inside of each block again on the way back instead of keeping it: less memory for about a third more time, and the same result.", Advanced = true)]
    public bool Recompute { get; init; }

    internal override Encoder Encoder(string name, int channels, RandomSource? random)
    {
        NormalizedConvolution Convolution(string part, int from, int to, int size, int stride, bool rectifies = true) => new(
            new Convolved2d($"{name}.{part}.conv", from, to, size, new Sliding(stride, 1, size / 2, size / 2), random, hasBias: false), new BatchNormalized($"{name}.{part}.norm", to), rectifies);
        var layers = new List<Layer> { Convolution("first", channels, Filters, KernelSize, 1) };
        channels = Filters;
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int block = 0; block < Blocks; block++)
            {
                int outputs = Filters << stage, stride = stage > 0 && block == 0 ? 2 : 1;
                string part = $"{stage}.{block}";
                NormalizedConvolution[] path = [Convolution($"{part}.0", channels, outputs, KernelSize, stride), Convolution($"{part}.1", outputs, outputs, KernelSize, 1)];
                var inner = new ResidualConvolutions(path, channels == outputs && stride == 1 ? null : Convolution($"{part}.shortcut", channels, outputs, 1, stride, rectifies: false));
                layers.Add(Recompute ? new Recomputed(inner) : inner);
                channels = outputs;
            }

            if (stage > 0)
            {
                layers.Add(new DroppedBlocks(BlockDropout, BlockSize));
            }
        }

        return new ConvolutionEncoder([.. layers], channels);
    }
}
