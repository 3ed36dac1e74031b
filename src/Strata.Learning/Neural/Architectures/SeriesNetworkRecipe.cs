using Strata.Learning.Neural.Inputs;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A network for series. A table of numbers without a column of series counts as one series a row, its columns being the steps.</summary>
public abstract record SeriesNetworkRecipe : ArrayNetworkRecipe
{
    private protected SeriesNetworkRecipe()
    {
    }

    internal sealed override InputPlan Inputs => new() { Series = Scaling, ReadsWideTables = true };
}
