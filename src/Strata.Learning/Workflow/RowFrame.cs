using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>One row given by column name, as a frame.</summary>
internal static class RowFrame
{
    public static Frame Of(IReadOnlyDictionary<string, object?> row, Schema features)
    {
        ArgumentNullException.ThrowIfNull(row);
        string[] names = [.. features.Names];
        string[] unknown = [.. row.Keys.Where(name => !names.Contains(name, StringComparer.Ordinal))];
        DataException.ThrowIfAny([.. unknown.Select(name => $"The model knows no column '{name}'.{(NearNames.Nearest(name, names) is string near ? $" Did you mean '{near}'?" : string.Empty)}")]);
        return new Frame(row.Select(cell => ColumnOf(cell.Key, cell.Value)));
    }

    private static Column ColumnOf(string name, object? value) => value switch
    {
        null => new Float64Column(name, [double.NaN]),
        bool truth => new BooleanColumn(name, [truth]),
        string text => CategoryColumn.Of(name, [text]),
        DateTime date => new DateColumn(name, [date.ToUniversalTime().Ticks]),
        DateTimeOffset date => new DateColumn(name, [date.UtcTicks]),
        int or long or short or byte => new Int64Column(name, [Convert.ToInt64(value, CultureInfo.InvariantCulture)]),
        double or float or decimal => new Float64Column(name, [Convert.ToDouble(value, CultureInfo.InvariantCulture)]),
        _ => throw new DataException($"Column '{name}' is given a {value.GetType().Name}; it takes a number, true or false, text, a date or null."),
    };
}
