using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Platform.Features;

/// <summary>Times of rows as ticks in UTC, from columns of dates or of seconds since 1970.</summary>
internal static class EventTimes
{
    /// <summary>In place of a time that is missing.</summary>
    public const long Missing = long.MinValue;

    private const double LeastSeconds = -62_135_596_800, MostSeconds = 253_402_300_799;

    /// <exception cref="DataException">A number cannot be seconds since 1970.</exception>
    public static long[] Of(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var times = new long[column.Count];
        for (int row = 0; row < times.Length; row++)
        {
            times[row] = column.IsMissing(row) ? Missing : column is DateColumn dates ? dates.Ticks[row] : Ticks(column, row);
        }

        return times;
    }

    private static long Ticks(Column column, int row)
    {
        double seconds = column is { IsNumeric: true } ? column.NumberAt(row) : throw new DataException($"The time column '{column.Name}' holds neither dates nor numbers of seconds since 1970.");
        if (!(seconds is >= LeastSeconds and <= MostSeconds))
        {
            throw new DataException(
                $"The time column '{column.Name}' has {seconds.ToString("R", CultureInfo.InvariantCulture)} in row {row + 1}; expected seconds since 1970 of the years 1 to 9999. (Milliseconds must be divided by 1000.)");
        }

        long whole = column is Int64Column numbers ? numbers.Values[row] * TimeSpan.TicksPerSecond : (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
        return DateTime.UnixEpoch.Ticks + whole;
    }
}
