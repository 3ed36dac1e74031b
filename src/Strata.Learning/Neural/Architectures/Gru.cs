using Strata.Tensors.Backends;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A network for series with gated recurrent units (Cho et al. 2014): simpler and quicker than long short-term memory, and mostly as good.</summary>
public sealed record Gru : RecurrentNetworkRecipe
{
    internal const string AlgorithmName = "gru";

    public override string Algorithm => AlgorithmName;

    private protected override RecurrentCell Cell => RecurrentCell.Gru;
}
