using System.Globalization;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Names for the channels of arrays whose files have none.</summary>
internal static class ChannelNames
{
    private static readonly string[] Axes = ["x", "y", "z"];
    private static readonly string[][] Colours = [["value"], ["gray", "alpha"], ["red", "green", "blue"], ["red", "green", "blue", "alpha"]];

    public static IReadOnlyList<string> Of(ColumnType type, int count) => type switch
    {
        _ when count == 1 => ArrayColumn.OneChannel,
        ColumnType.Points => [.. Enumerable.Range(0, count).Select(i => i < Axes.Length ? Axes[i] : Numbered(i))],
        ColumnType.Image when count <= Colours.Length => Colours[count - 1],
        _ => [.. Enumerable.Range(0, count).Select(Numbered)],
    };

    private static string Numbered(int index) => string.Create(CultureInfo.InvariantCulture, $"channel_{index + 1}");
}
