namespace Strata.Learning.Trees.Exchange;

/// <summary>
/// Between XGBoost's rule <c>(float)value &lt; threshold</c> and ours, <c>value &lt;= threshold</c> in double precision. Rounding to float is monotone, so one rule
/// becomes the other exactly for every double (in the other direction: for every value that is a float).
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

    /// <summary>The float that exactly the floats up to the threshold are below; for thresholds beyond all floats the last one.</summary>
    public static float Exclusive(double threshold)
    {
        float at = (float)threshold;
        float after = MathF.BitIncrement(at > threshold ? MathF.BitDecrement(at) : at);
        return Math.Clamp(after, -float.MaxValue, float.MaxValue);
    }

    private static double Finite(float value) => float.IsInfinity(value) ? Math.CopySign(AfterLargest, value) : value;
}
