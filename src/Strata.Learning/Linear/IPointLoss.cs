namespace Strata.Learning.Linear;

/// <summary>A convex loss of one score and one target, row by row. Whoever asks holds scores of rows side by side.</summary>
internal interface IPointLoss
{
    /// <summary>Replaces scores by weighted derivatives and returns the weighted sum of losses.</summary>
    double Derive(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights);

    /// <summary>Replaces scores by weighted second derivatives.</summary>
    void Bend(Span<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights);
}
