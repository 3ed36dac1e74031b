using System.Text;

namespace Strata.Learning.Data;

/// <summary>Which part of a date comes first.</summary>
public enum DateOrder
{
    /// <summary>2024-03-09 or 2024/03/09, with or without a time of day and a zone (ISO 8601).</summary>
    Iso,

    /// <summary>9/3/2024, 9.3.2024 or 9-3-2024.</summary>
    DayFirst,

    /// <summary>3/9/2024 or 3-9-2024.</summary>
    MonthFirst,
}

/// <summary>How dates are spelled. A time of day may follow behind a space or T: hours and minutes, seconds, fractions of a second; then Z or an offset such as +02:00.</summary>
public static class DateText
{
    private const int LongestDate = 40;

    /// <summary>.NET ticks in UTC; a text without a zone is taken as UTC.</summary>
    public static bool TryParseIso(ReadOnlySpan<char> text, out long ticks)
    {
        Span<byte> bytes = stackalloc byte[LongestDate];
        ticks = 0;
        return text.Length <= LongestDate && Ascii.FromUtf16(text, bytes, out int length) == System.Buffers.OperationStatus.Done
            && TryParse(bytes[..length], DateOrder.Iso, out ticks);
    }

    /// <summary>.NET ticks in UTC of ASCII text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, DateOrder order, out long ticks)
    {
        ticks = 0;
        text = text.Trim(" \t"u8);
        if (text.Length is < 8 or > LongestDate)
        {
            return false;
        }

        var cursor = new Cursor(text);
        bool iso = order == DateOrder.Iso;
        if (!cursor.TryDigits(iso ? 4 : 1, iso ? 4 : 2, out int first))
        {
            return false;
        }

        byte separator = cursor.Peek();
        if (!(separator is (byte)'-' or (byte)'/' || (separator == '.' && order == DateOrder.DayFirst))
            || !cursor.TrySkip(separator) || !cursor.TryDigits(1, 2, out int second)
            || !cursor.TrySkip(separator) || !cursor.TryDigits(iso ? 1 : 4, iso ? 2 : 4, out int third))
        {
            return false;
        }

        (int year, int month, int day) = order switch
        {
            DateOrder.Iso => (first, second, third),
            DateOrder.DayFirst => (third, second, first),
            _ => (third, first, second),
        };
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return cursor.IsAtEnd || TryAddTime(ref cursor, ref ticks);
    }

    private static bool TryAddTime(ref Cursor cursor, ref long ticks)
    {
        if (!(cursor.TrySkip((byte)'T') || cursor.TrySkip((byte)' ')) || !cursor.TryDigits(1, 2, out int hour) || !cursor.TrySkip((byte)':') || !cursor.TryDigits(2, 2, out int minute))
        {
            return false;
        }

        int second = 0;
        long fraction = 0;
        if (cursor.TrySkip((byte)':') && (!cursor.TryDigits(2, 2, out second) || (cursor.TrySkip((byte)'.') && !cursor.TryFraction(out fraction))))
        {
            return false;
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ticks += new TimeSpan(hour, minute, second).Ticks + fraction;
        return cursor.IsAtEnd || TryAddZone(ref cursor, ref ticks);
    }

    private static bool TryAddZone(ref Cursor cursor, ref long ticks)
    {
        if (cursor.TrySkip((byte)'Z'))
        {
            return cursor.IsAtEnd;
        }

        int sign = cursor.Peek() == '-' ? 1 : -1;
        if (!(cursor.TrySkip((byte)'+') || cursor.TrySkip((byte)'-')) || !cursor.TryDigits(2, 2, out int hours))
        {
            return false;
        }

        int minutes = 0;
        if (!cursor.IsAtEnd)
        {
            _ = cursor.TrySkip((byte)':');
            if (!cursor.TryDigits(2, 2, out minutes))
            {
                return false;
            }
        }

        ticks += sign * new TimeSpan(hours, minutes, 0).Ticks;
        return cursor.IsAtEnd && hours <= 14 && minutes <= 59 && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private ref struct Cursor(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> text = text;
        private int at;

        public readonly bool IsAtEnd => at == text.Length;

        public readonly byte Peek() => at < text.Length ? text[at] : (byte)0;

        public bool TrySkip(byte expected)
        {
            bool found = Peek() == expected;
            at += found ? 1 : 0;
            return found;
        }

        public bool TryDigits(int least, int most, out int value)
        {
            value = 0;
            int first = at;
            while (at - first < most && at < text.Length && (uint)(text[at] - '0') <= 9)
            {
                value = value * 10 + (text[at++] - '0');
            }

            return at - first >= least;
        }

        /// <summary>Ticks of the digits behind a second's point; digits beyond a tick are dropped.</summary>
        public bool TryFraction(out long ticks)
        {
            ticks = 0;
            long unit = TimeSpan.TicksPerSecond;
            int first = at;
            for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
            {
                unit /= 10;
                ticks += unit * (text[at] - '0');
            }

            return at > first;
        }
    }
}
