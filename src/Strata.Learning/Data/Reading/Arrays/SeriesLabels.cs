using System.Globalization;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>The classes of a labelled set as a category; classes that are numbers stand in their order.</summary>
internal static class SeriesLabels
{
    /// <param name="name">Of the column.</param>
    /// <param name="labels">A class a row; null is missing.</param>
    /// <param name="known">Classes that the file names beforehand, though no row may have one.</param>
    public static CategoryColumn Of(string name, IReadOnlyList<string?> labels, IReadOnlyList<string> known)
    {
        string[] levels = [.. labels.OfType<string>().Concat(known).Distinct(StringComparer.Ordinal)];
        levels = Array.TrueForAll(levels, level => NumberText.TryParse(level, out _))
            ? [.. levels.OrderBy(level => double.Parse(level, CultureInfo.InvariantCulture))]
            : [.. levels.Order(StringComparer.Ordinal)];
        Dictionary<string, int> codeOf = levels.Index().ToDictionary(level => level.Item, level => level.Index, StringComparer.Ordinal);
        return new CategoryColumn(name, [.. labels.Select(label => label is null ? -1 : codeOf[label])], levels);
    }
}
