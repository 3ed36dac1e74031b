using Strata.Learning.Neural.Layers;
using Strata.Tensors;

namespace Strata.Learning.Neural.Architectures;

/// <summary>
/// Inception modules for series, kernels of 40, 20 and 10 steps side by side, with a shortcut over every three (Ismail Fawaz et al. 2020). The paper takes the mean of five such
/// networks: <see cref="NetworkRecipe.EnsembleMembers"/>.
/// </summary>
public sealed record InceptionTime : ConvolutionNetworkRecipe
{
    internal const string AlgorithmName = "inception_time";

    private const int ModulesOfBlock = 3;

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of modules; every three have a shortcut.", Min = 1, Max = 64, SearchMin = 3, SearchMax = 9)]
    public int Modules { get; init; } = 6;

    [Hyperparameter("Channels of each of a module's four parts.", Min = 1, Max = 1024, SearchMin = 16, SearchMax = 64, LogScale = true)]
    public int Filters { get; init; } = 32;

    [Hyperparameter("Steps that the longest kernels span; others span a half and a quarter.", Min = 4, Max = 1024, SearchMin = 8, SearchMax = 64, LogScale = true)]
    public int KernelSize { get; init; } = 40;

    [Hyperparameter("Compute the inside of each block again on the way back instead of keeping it: less memory for about a third more time, and the same result.", Advanced = true)]
    public bool Recompute { get; init; }

    [Hyperparameter("Share of the last channels left out by chance in each step.", Min = 0, Max = 0.95, SearchMin = 0, SearchMax = 0.5)]
    public double Dropout { get; init; }

    internal override Encoder Encoder(string name, int channels, RandomSource? random)
    {
        var layers = new List<Layer>();
        int width = InceptionModule.Width(Filters);
        for (int first = 0; first < Modules; first += ModulesOfBlock)
        {
            int inputs = channels;
            InceptionModule[] modules = [.. Enumerable.Range(first, Math.Min(ModulesOfBlock, Modules - first)).Select(i => new InceptionModule($"{name}.{i}", i == first ? inputs : width, Filters, KernelSize, random))];
            if (modules.Length == ModulesOfBlock)
            {
                string part = $"{name}.shortcut.{first / ModulesOfBlock}";
                var block = new InceptionBlock(modules, new NormalizedConvolution(new Convolved1d($"{part}.conv", inputs, width, 1, default, random, hasBias: false), new BatchNormalized($"{part}.norm", width)));
                layers.Add(Recompute ? new Recomputed(block) : block);
            }
            else
            {
                layers.AddRange(modules);
            }

            channels = width;
        }

        return new ConvolutionEncoder([.. layers, new DroppedChannels(Dropout)], width, TimeParts);
    }
}
