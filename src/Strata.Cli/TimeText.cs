using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary>How lengths of time are written on the command line: <c>90s</c>, <c>5m</c>, <c>12h</c>, <c>30d</c>.</summary>
internal static class TimeText
{
    /// <summary>The time in seconds; null for none.</summary>
    /// <exception cref="DataException">The text is no time.</exception>
    public static double? Seconds(string? text)
    {
        if (text is null)
        {
            return null;
        }

        double unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        return unit > 0 && NumberText.TryParse(text.AsSpan(0, text.Length - 1), out double number) && number > 0
            ? number * unit
            : throw new DataException($"A time is '{text}'; expected a number with its unit, such as 90s, 5m, 12h or 30d.");
    }

    /// <summary>The same the other way round, in the largest unit that leaves no rest.</summary>
    public static string Of(double seconds)
    {
        (double size, char unit) = new[] { (86_400.0, 'd'), (3600, 'h'), (60, 'm') }.FirstOrDefault(one => seconds % one.Item1 == 0, (1, 's'));
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / size}{unit}");
    }
}
