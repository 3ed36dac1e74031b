using System.Globalization;
using Strata.Learning;
using Strata.Learning.Data;

namespace Strata.Bench;

/// <summary>Series with their classes, from a file of the UCR archive (label, then steps, tab-separated) or of the UEA archive (steps by commas, channels by colons, label last).</summary>
internal static class SeriesFile
{
    /// <param name="file">Of a training part; the test part lies beside it.</param>
    public static (TrainingTable Train, TrainingTable Test) Open(string file)
    {
        Func<string, (float[] Steps, int Channels, string Label)> read = Path.GetExtension(file) == ".ts" ? Channels : Tabs;
        var parts = new[] { file, file.Replace("_TRAIN", "_TEST", StringComparison.Ordinal) }
            .Select(path => File.ReadLines(path).Where(line => line.Length > 0 && line[0] is not ('@' or '#')).Select(read).ToArray()).ToArray();
        string[] classes = [.. parts.SelectMany(part => part.Select(row => row.Label)).Distinct().Order(StringComparer.Ordinal)];
        TrainingTable[] tables = [.. parts.Select(part => new TrainingTable(
            new Frame(new ArrayColumn("series", ColumnType.Series, [.. Enumerable.Range(1, part[0].Channels).Select(channel => $"c{channel}")], [.. part.Select(row => row.Steps)])),
            new ClassTarget("class", [.. part.Select(row => Array.IndexOf(classes, row.Label))], classes)))];
        return (tables[0], tables[1]);
    }

    private static (float[] Steps, int Channels, string Label) Tabs(string line)
    {
        string[] cells = line.Split('\t');
        return ([.. cells[1..].Select(Number)], 1, cells[0]);
    }

    private static (float[] Steps, int Channels, string Label) Channels(string line)
    {
        string[] parts = line.Split(':');
        float[][] channels = [.. parts[..^1].Select(part => part.Split(',').Select(Number).ToArray())];
        return ([.. Enumerable.Range(0, channels[0].Length).SelectMany(step => channels.Select(channel => channel[step]))], channels.Length, parts[^1]);
    }

    private static float Number(string text) => text is "NaN" or "?" ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);
}
