using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Number columns whose names differ in one whole number, in the order of time.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Columns">The first step first.</param>
/// <param name="Numbers">The numbers in their names, in the same order; 0 for the column without a lag.</param>
internal sealed record NumberedColumns(string Name, IReadOnlyList<string> Columns, IReadOnlyList<int> Numbers)
{
    private static readonly string[] LagEndings = ["t-", "lag", "lag_", "lag-"];

    /// <summary>All groups of a table, in the order in which they begin.</summary>
    public static IEnumerable<NumberedColumns> In(Frame rows, StepOrder order) => rows.Columns.Where(column => column.IsNumeric)
        .Select(column => (column.Name, Parts: Split(column.Name)))
        .Where(column => column.Parts is not null)
        .GroupBy(column => (column.Parts!.Value.Before, column.Parts.Value.After))
        .Select(group => Of(rows, group.Key.Before, [.. group.Select(column => (column.Name, column.Parts!.Value.Number))], order));

    /// <exception cref="DataException">No column of numbers is called like that.</exception>
    public static NumberedColumns Of(Frame rows, string pattern, StepOrder order)
    {
        int star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0 || pattern.IndexOf('*', star + 1) >= 0)
        {
            throw new DataException($"'{pattern}' has {(star < 0 ? "no" : "more than one")} star; expected one in the place of the number, such as g*.");
        }

        string before = pattern[..star], after = pattern[(star + 1)..];
        (string Name, int Number)[] found = [.. rows.Columns.Where(column => column.IsNumeric).Select(column => (column.Name, Number: NumberIn(column.Name, before, after))).Where(column => column.Number >= 0)];
        return found.Length > 0 ? Of(rows, before, found, order) : throw new DataException($"No column of numbers is called like '{pattern}'. There are: {NearNames.List([.. rows.Names], 8)}.");
    }

    private static NumberedColumns Of(Frame rows, string before, (string Name, int Number)[] found, StepOrder order)
    {
        string? lag = LagEndings.FirstOrDefault(ending => before.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        string name = (lag is null ? before : before[..^lag.Length]).TrimEnd('_', '-', ' ', '.', '#');
        bool down = order == StepOrder.Down || (order == StepOrder.Auto && lag is not null);
        if (lag is not null && down && name.Length > 0 && rows.TryGet(name) is { IsNumeric: true } && !Array.Exists(found, column => column.Number == 0))
        {
            found = [.. found, (name, 0)];
        }

        found = down ? [.. found.OrderByDescending(column => column.Number)] : [.. found.OrderBy(column => column.Number)];
        return new NumberedColumns(name.Length > 0 ? name : "series", [.. found.Select(column => column.Name)], [.. found.Select(column => column.Number)]);
    }

    /// <summary>A name before, of and behind its last whole number.</summary>
    private static (string Before, int Number, string After)? Split(string name)
    {
        int end = name.Length;
        while (end > 0 && !char.IsAsciiDigit(name[end - 1]))
        {
            end--;
        }

        int start = end;
        while (start > 0 && char.IsAsciiDigit(name[start - 1]))
        {
            start--;
        }

        return start < end && int.TryParse(name.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? (name[..start], number, name[end..]) : null;
    }

    private static int NumberIn(string name, string before, string after) =>
        name.Length > before.Length + after.Length && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(before.Length, name.Length - before.Length - after.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
}
