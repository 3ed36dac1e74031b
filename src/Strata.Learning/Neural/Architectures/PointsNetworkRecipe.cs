using Strata.Learning.Neural.Inputs;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A network for clouds of points, each cloud by default moved to its centre and scaled to the unit sphere.</summary>
public abstract record PointsNetworkRecipe : ArrayNetworkRecipe
{
    private protected PointsNetworkRecipe() => Scaling = Scaling.Row;

    [Hyperparameter("Points that are taken of each cloud: drawn by chance from more, some twice from fewer.", Min = 1, Max = 65_536, SearchMin = 128, SearchMax = 2048, LogScale = true)]
    public int Points { get; init; } = 1024;

    internal sealed override InputPlan Inputs => new() { Points = Scaling, PointCount = Points };
}
