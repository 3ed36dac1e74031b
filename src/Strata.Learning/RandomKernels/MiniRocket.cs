using Strata.Learning.ModelFiles;
using Strata.Tensors;

namespace Strata.Learning.RandomKernels;

/// <summary>A small fixed set of convolution kernels at many dilations and a ridge regression on what they find: nearly as accurate as ROCKET and much faster (Dempster, Schmidt and Webb 2021).</summary>
public sealed record MiniRocket : RandomKernelRecipe
{
    internal const string AlgorithmName = "minirocket";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of features, brought to a multiple of 84.", Min = 84, Max = 200_000, SearchMin = 840, SearchMax = 20_000, LogScale = true)]
    public int Features { get; init; } = 10_000;

    public static RandomKernelModel Read(ModelReader reader) => RandomKernelModel.Read(reader, AlgorithmName, MiniRocketBank.Read);

    internal override KernelBank Draw(SeriesRows rows, int most, RandomSource random) => MiniRocketBank.Draw(Features, most, rows, random);
}
