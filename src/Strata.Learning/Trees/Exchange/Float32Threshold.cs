namespace Strata.Learning.Trees.Exchange;

/// <summary>
/// Between XGBoost's rule <c>(float)value &lt; threshold</c> and ours, <c>value &lt;= threshold</c> in double precision. Rounding to float is monotone, so one rule
/// becomes the other exactly for every double; in the other direction for every value that is a float.
/// </summary>
internal static class Float32Threshold
{
    /// <summary>Where numbers begin that round to infinity, seen as the float after the largest one.</summary>
    private static readonly double AfterLargest = Math.ScaleB(1, 128);

    /// <summary>The largest double that, rounded to float, is below the threshold.</summary>
    public static double Inclusive(float threshold)
    {
        if (float.IsNegativeInfinity(threshold))
        {
            return double.NegativeInfinity;
        }

        // Doubles up to half-way between neighbouring floats round to the lower one, and half-way itself to the one with the even last bit.
        double middle = (Finite(MathF.BitDecrement(threshold)) + Finite(threshold)) / 2;
        return (float)middle < threshold ? middle : Math.BitDecrement(middle);
    }

    /// <summary>
    /// A float that values at most the threshold are below once they are rounded. Of values that are floats it is exactly those. Of other doubles it cannot be, for several become one float: there
    /// all go left that become the same float as the threshold, because decimals often meet it (0.2 lies half-way between 0.1 and 0.3).
    /// </summary>
    /// <param name="threshold">In double precision; beyond all floats the last one comes back.</param>
    /// <param name="valuesAreFloats">Whether the column's values are floats, or whole numbers.</param>
    public static float Exclusive(double threshold, bool valuesAreFloats)
    {
        float at = (float)threshold, below = at > threshold ? MathF.BitDecrement(at) : at;
        bool isHalfway = (Finite(below) + Finite(MathF.BitIncrement(below))) / 2 == threshold;
        return Math.Clamp(MathF.BitIncrement(valuesAreFloats || isHalfway ? below : at), -float.MaxValue, float.MaxValue);
    }

    private static double Finite(float value) => float.IsInfinity(value) ? Math.CopySign(AfterLargest, value) : value;
}
