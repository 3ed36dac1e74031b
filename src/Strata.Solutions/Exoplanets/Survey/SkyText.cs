using System.Globalization;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>Places on the sky as text, the archive's way.</summary>
internal static class SkyText
{
    public static string Hours(double degrees) => Parts(degrees / 15, "{0:00}h{1:00}m{2:00.00}s");

    public static string Degrees(double degrees) => (degrees < 0 ? "-" : "+") + Parts(Math.Abs(degrees), "{0:00}d{1:00}m{2:00.00}s");

    private static string Parts(double value, string format)
    {
        double hundredths = Math.Round(value * 3600 * 100);
        double seconds = hundredths % 6000 / 100, minutes = Math.Floor(hundredths / 6000);
        return string.Format(CultureInfo.InvariantCulture, format, Math.Floor(minutes / 60), minutes % 60, seconds);
    }
}
