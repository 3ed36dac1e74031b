using Strata.Tensors.Backends;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A plain recurrent network for series (Elman 1990): at each step it remembers a mixture of what comes in and what it knew. Forgets early steps; the others do not.</summary>
public sealed record Rnn : RecurrentNetworkRecipe
{
    internal const string AlgorithmName = "rnn";

    public override string Algorithm => AlgorithmName;

    private protected override RecurrentCell Cell => RecurrentCell.Tanh;
}
