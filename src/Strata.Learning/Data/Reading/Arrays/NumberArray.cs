namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>One array as a file holds it.</summary>
/// <param name="Sizes">Of each dimension, the outermost first; at least one, each above 0.</param>
/// <param name="Values">The last dimension innermost; NaN is missing.</param>
internal sealed record NumberArray(int[] Sizes, float[] Values)
{
    /// <summary>A number as arrays hold it: what is beyond single precision, or infinite, is missing.</summary>
    public static float Of(double number) => float.IsFinite((float)number) ? (float)number : float.NaN;
}
