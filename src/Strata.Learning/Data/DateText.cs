using System.Globalization;

namespace Strata.Learning.Data;

/// <summary>How dates are spelled: ISO 8601 always; day first or month first only when somebody has settled which.</summary>
public static class DateText
{
    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    /// <summary>.NET ticks in UTC; a text without a zone is taken as UTC.</summary>
    public static bool TryParseIso(ReadOnlySpan<char> text, out long ticks)
    {
        text = text.Trim();
        ticks = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !DateTime.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime date))
        {
            return false;
        }

        ticks = date.Ticks;
        return true;
    }
}
