using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Local;

/// <summary>Rows near one explained row, the first being that row itself, and where they are in the terms of a linear model.</summary>
/// <param name="samples">How many.</param>
/// <param name="width">Terms.</param>
internal abstract class Neighborhood(int samples, int width)
{
    public int Samples => samples;

    public int Width => width;

    /// <summary>[samples, terms].</summary>
    public double[] Coordinates { get; } = new double[samples * width];

    /// <summary>How many rows are predicted at a time.</summary>
    public virtual int BatchRows => Samples;

    /// <summary>The squared distance from the explained row: steps away of moved numbers, and one for each term that does not hold.</summary>
    public virtual double SquaredDistance(int sample)
    {
        double sum = 0;
        foreach (double holds in Coordinates.AsSpan(sample * Width, Width))
        {
            sum += 1 - holds;
        }

        return sum;
    }

    public abstract Frame Rows(int first, int count);

    public abstract LimeTerm Term(int term, double weight);
}
