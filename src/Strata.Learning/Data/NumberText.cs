using System.Globalization;

namespace Strata.Learning.Data;

/// <summary>How numbers are spelled when they come as text: invariant culture, spaces around them allowed, no thousands separators.</summary>
public static class NumberText
{
    /// <summary>The number, correctly rounded; false for everything else, including <c>NaN</c> (which is missing) and infinities.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    public static bool TryParseWhole(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value);
}
