using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Number columns by name as arrays of doubles: what steps that look at several columns at once read from a frame.</summary>
internal static class NumberBlock
{
    /// <summary>The names of the number columns; booleans count as numbers only where asked for.</summary>
    public static string[] NamesIn(Frame frame, bool withBooleans) =>
        [.. frame.Columns.Where(column => column.IsNumeric && (withBooleans || column.Type != ColumnType.Boolean)).Select(column => column.Name)];

    /// <summary>The asked names, each checked to be of numbers, or with none asked all number columns.</summary>
    /// <exception cref="DataException">A column is not there or is not of numbers; all problems at once.</exception>
    public static string[] Chosen(Frame frame, IReadOnlyList<string> asked, bool withBooleans = false)
    {
        if (asked.Count == 0)
        {
            return NamesIn(frame, withBooleans);
        }

        DataException.ThrowIfAny([.. asked.Distinct(StringComparer.Ordinal).Select(name => frame.TryGet(name) switch
        {
            null => DataException.NoSuchColumn(name, frame.Names).Message,
            { IsNumeric: false } column => NotNumbers(column),
            _ => null,
        }).OfType<string>()]);
        return [.. asked.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>[columns][rows], NaN where missing; without a copy where they are so stored.</summary>
    public static double[][] Of(Frame frame, IReadOnlyList<string> names) => [.. names.Select(name => Of(frame[name]))];

    public static double[] Of(Column column)
    {
        if (!column.IsNumeric)
        {
            throw new DataException(NotNumbers(column));
        }

        if (column is Float64Column doubles)
        {
            return doubles.Values;
        }

        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }

    private static string NotNumbers(Column column) => $"Column '{column.Name}' is {column.Type}; this step takes numbers.";
}
