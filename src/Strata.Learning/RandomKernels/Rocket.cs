using Strata.Learning.ModelFiles;
using Strata.Tensors;

namespace Strata.Learning.RandomKernels;

/// <summary>Ten thousand random convolution kernels and a ridge regression on what they find (Dempster, Petitjean and Webb 2020).</summary>
public sealed record Rocket : RandomKernelRecipe
{
    internal const string AlgorithmName = "rocket";

    public override string Algorithm => AlgorithmName;

    [Hyperparameter("Number of random kernels; each gives two features.", Min = 1, Max = 100_000, SearchMin = 500, SearchMax = 10_000, LogScale = true)]
    public int Kernels { get; init; } = 10_000;

    public static RandomKernelModel Read(ModelReader reader) => RandomKernelModel.Read(reader, AlgorithmName, RocketBank.Read);

    internal override KernelBank Draw(SeriesRows rows, int most, RandomSource random) => RocketBank.Draw(Kernels, Math.Max(1, most / 2), rows.LongestSteps, rows.ChannelCount, random);
}
