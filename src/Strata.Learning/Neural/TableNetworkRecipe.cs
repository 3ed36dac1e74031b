using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Tables;
using Strata.Tensors;

namespace Strata.Learning.Neural;

/// <summary>What recipes of networks for tables have in common: numbers, gaps and categories go in as they are.</summary>
public abstract record TableNetworkRecipe : NetworkRecipe
{
    private protected TableNetworkRecipe()
    {
    }

    internal sealed override InputPlan Inputs => InputPlan.Tables;

    /// <summary>What stands between a table's columns and the head.</summary>
    /// <param name="prefix">Before the names of its parameters; empty or with a dot at the end.</param>
    /// <param name="columns">How many numbers a row has, and for each category column how many rows its table needs.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    internal abstract TableEncoder Encoder(string prefix, TableEncoding columns, RandomSource? random);

    internal sealed override Network Build(InputEncoding encoding, int outputs, RandomSource? random)
    {
        TableEncoder encoder = Encoder(string.Empty, encoding.Table!, random);
        return new Network(encoder, [], new Dense("head", encoder.Width, outputs, random));
    }
}
