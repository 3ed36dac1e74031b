namespace Strata.Platform.Runs;

/// <summary>Any double as a whole number of the same order: exact, equal to itself even for NaN (which is the greatest), and so fit for a key where SQL has no NaN.</summary>
internal static class OrderedBits
{
    private const long NaN = 0x7FF8_0000_0000_0000;

    public static long Of(double value) => Flip(double.IsNaN(value) ? NaN : BitConverter.DoubleToInt64Bits(value));

    public static double ToDouble(long bits) => BitConverter.Int64BitsToDouble(Flip(bits));

    /// <summary>Negative doubles have their magnitude's bits turned round; doing it twice changes nothing.</summary>
    private static long Flip(long bits) => bits ^ ((bits >> 63) & long.MaxValue);
}
