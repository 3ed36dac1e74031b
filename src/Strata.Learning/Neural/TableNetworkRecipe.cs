using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Training;
using Strata.Tensors;

namespace Strata.Learning.Neural;

/// <summary>What recipes of networks for tables have in common. Numbers, gaps and categories go in as they are: the network brings its own encoding.</summary>
public abstract record TableNetworkRecipe : NetworkRecipe, IRecipe<TableNetworkModel>
{
    private protected TableNetworkRecipe()
    {
    }

    public abstract string Algorithm { get; }

    public TableNetworkModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        using var fit = new TableNetworkFit(this, table, context);
        return fit.Run();
    }

    /// <summary>What stands between the encoded columns and the outputs.</summary>
    /// <param name="width">Numbers of a row, embeddings included.</param>
    /// <param name="outputs">Raw scores of a row.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    internal abstract Layer Body(int width, int outputs, RandomSource? random);
}
