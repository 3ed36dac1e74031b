namespace Strata.Learning.Search.Pruners;

/// <summary>Lets every trial run to its end.</summary>
public sealed class NoPruner : IPruner
{
    public string Name => "none";

    public bool ShouldPrune(Trial trial, IReadOnlyList<Trial> others, Direction direction) => false;
}
