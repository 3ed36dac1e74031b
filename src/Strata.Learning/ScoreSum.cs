namespace Strata.Learning;

/// <summary>A model made of others, whose raw scores may be weighted sums of theirs.</summary>
public interface IScoreSum : IModel
{
    /// <summary>The models whose raw scores, weighed, sum to this model's; null where its raw scores are no such sum.</summary>
    IReadOnlyList<Summand>? Summands { get; }

    /// <summary>What the sum begins with, one an output; null for nothing.</summary>
    IReadOnlyList<double>? Constants => null;
}

/// <summary>One model of a sum and how much its raw scores count.</summary>
/// <param name="Model">The model.</param>
/// <param name="Weights">Row-major [raw scores of the sum, raw scores of the model].</param>
public sealed record Summand(IModel Model, IReadOnlyList<double> Weights)
{
    /// <summary>A model each of whose raw scores counts in the same one of the sum.</summary>
    public static Summand Of(IModel model, double weight)
    {
        ArgumentNullException.ThrowIfNull(model);
        int outputs = model.Signature.OutputCount;
        return new Summand(model, [.. Enumerable.Range(0, outputs * outputs).Select(at => at / outputs == at % outputs ? weight : 0)]);
    }
}
