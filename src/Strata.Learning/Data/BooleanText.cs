namespace Strata.Learning.Data;

/// <summary>How true and false are spelled in tables: true/false, yes/no, t/f, y/n, on/off, in any letter case. 0 and 1 are numbers.</summary>
public static class BooleanText
{
    private const int LongestSpelling = 5;
    private static readonly string[] TrueSpellings = ["true", "yes", "t", "y", "on"];
    private static readonly string[] FalseSpellings = ["false", "no", "f", "n", "off"];

    public static bool TryParse(ReadOnlySpan<char> text, out bool value)
    {
        text = text.Trim();
        value = IsOneOf(text, TrueSpellings);
        return value || IsOneOf(text, FalseSpellings);
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, string[] spellings)
    {
        if (text.Length > LongestSpelling)
        {
            return false;
        }

        foreach (string spelling in spellings)
        {
            if (text.Equals(spelling, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
