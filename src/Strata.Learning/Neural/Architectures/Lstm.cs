using Strata.Tensors.Backends;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A network for series with long short-term memory (Hochreiter and Schmidhuber 1997): gates decide what is taken in, kept and told at each step.</summary>
public sealed record Lstm : RecurrentNetworkRecipe
{
    internal const string AlgorithmName = "lstm";

    public override string Algorithm => AlgorithmName;

    private protected override RecurrentCell Cell => RecurrentCell.Lstm;
}
