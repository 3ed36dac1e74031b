using Strata.Learning.ModelFiles;
using Strata.Tensors;

namespace Strata.Learning.RandomKernels;

/// <summary>
/// The kernels of MiniRocket over series and over their differences from step to step, and a ridge regression on how often, how strongly, where and how long without a break they find
/// something (Tan, Dempster, Bergmeir and Webb 2022).
/// </summary>
public sealed record MultiRocket : RandomKernelRecipe
{
    internal const string AlgorithmName = "multirocket";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of features, brought to a multiple of 672.", Min = 672, Max = 200_000, SearchMin = 6720, SearchMax = 60_000, LogScale = true)]
    public int Features { get; init; } = 49_728;

    public static RandomKernelModel Read(ModelReader reader) => RandomKernelModel.Read(reader, AlgorithmName, MultiRocketBank.Read);

    internal override KernelBank Draw(SeriesRows rows, int most, RandomSource random) => MultiRocketBank.Draw(Features, most, rows, random);
}
