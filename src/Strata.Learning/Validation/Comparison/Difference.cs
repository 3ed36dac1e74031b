namespace Strata.Learning.Validation.Comparison;

/// <summary>How much a metric of A differs from B's, and how sure that is.</summary>
/// <param name="Mean">A's value less B's.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="PValue">The chance of a difference at least this large if there were none, two-sided.</param>
public sealed record Difference(double Mean, double Low, double High, double PValue)
{
    /// <summary>Whether the interval leaves out 0.</summary>
    public bool IsClear => Low > 0 || High < 0;
}
