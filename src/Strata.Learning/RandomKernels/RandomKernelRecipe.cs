using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.RandomKernels;

/// <summary>What recipes of random kernels have in common: many fixed kernels turn each series into numbers, and a ridge regression learns from those.</summary>
public abstract record RandomKernelRecipe : IRecipe<RandomKernelModel>
{
    private protected RandomKernelRecipe()
    {
    }

    public abstract string Algorithm { get; }

    [Hyperparameter("What series are measured by before kernels meet them; empty takes each series by itself where there is one channel, and all training rows where there are several.")]
    public SeriesScaling? Scaling { get; init; }

    [Hyperparameter("The ridge regression's penalty a row; empty chooses it by leaving out one row at a time.", Min = 1e-9, Max = 1e9, SearchMin = 1e-3, SearchMax = 1e3, LogScale = true, Advanced = true)]
    public double? Alpha { get; init; }

    IReadOnlyList<ColumnType> IRecipe.ArrayTypes => [ColumnType.Series];

    public RandomKernelModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        return RandomKernelFit.Run(this, table, context);
    }

    /// <summary>The kernels for these series, at most so many features of them.</summary>
    internal abstract KernelBank Draw(SeriesRows rows, int most, RandomSource random);
}
