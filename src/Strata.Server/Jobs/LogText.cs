using System.Globalization;
using Strata.Platform.Jobs;

namespace Strata.Server.Jobs;

/// <summary>A job's log as lines of a text file: what a terminal would take for a command is shown instead of obeyed.</summary>
internal static class LogText
{
    private const int LinesAtOnce = 1000;
    private const int FirstControlPicture = 0x2400;

    public static IEnumerable<string> Of(JobQueue jobs, string id)
    {
        long last = 0;
        while (jobs.Log(id, last, LinesAtOnce) is { Count: > 0 } lines)
        {
            foreach (LogLine line in lines)
            {
                yield return Of(line);
            }

            last = lines[^1].Number;
        }
    }

    public static string Of(LogLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z  {Shown(line.Text)}");

    /// <summary>Control characters as their pictures, such as \u241b for escape.</summary>
    internal static string Shown(string text) => text.Any(IsCommand)
        ? string.Create(text.Length, text, static (shown, from) =>
        {
            for (int i = 0; i < from.Length; i++)
            {
                shown[i] = !IsCommand(from[i]) ? from[i] : from[i] < ' ' ? (char)(FirstControlPicture + from[i]) : '\uFFFD';
            }
        })
        : text;

    private static bool IsCommand(char letter) => char.IsControl(letter) && letter != '\t';
}
