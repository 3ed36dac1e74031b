namespace Strata.Learning;

/// <summary>A model made of others, whose raw scores may be the weighted sum of theirs.</summary>
public interface IScoreSum : IModel
{
    /// <summary>The models and weights whose raw scores sum to this model's; null where its raw scores are no such sum.</summary>
    IReadOnlyList<Summand>? Summands { get; }
}

/// <summary>One model of a sum and how much it counts.</summary>
public sealed record Summand(IModel Model, double Weight);
