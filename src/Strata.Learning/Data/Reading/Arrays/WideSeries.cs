using System.Globalization;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>
/// Recognises tables of time-series archives: no header, a class in front (a whole number), and a column a step. Missing steps at the end of a row are none: series may
/// have lengths of their own.
/// </summary>
internal static class WideSeries
{
    private const int LeastSteps = 8;
    private const int LeastStepsOfOtherFiles = 24;
    private const double MostScaleRatio = 100;

    /// <summary>Whether a first line of these fields is a row and no header: only numbers, some with fractions or standing twice.</summary>
    public static bool IsRow(IReadOnlyList<string> fields, TableReadOptions options)
    {
        bool IsNumber(string field) => NumberText.TryParse(field, out _) || options.MissingTexts.Contains(field.Trim());
        bool IsName(string field) => NumberText.TryParse(field, out double number) && number == Math.Floor(number);
        return fields.Count > LeastSteps && fields.All(IsNumber) && (!fields.All(IsName) || fields.Distinct(StringComparer.Ordinal).Count() < fields.Count);
    }

    /// <summary>Whether a table without header is such a set; what is named .tsv needs less evidence than other files.</summary>
    public static bool Recognizes(Frame table, string? fileName)
    {
        bool named = fileName?.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) == true;
        return table.ColumnCount > (named ? LeastSteps : LeastStepsOfOtherFiles)
            && table.Columns.All(column => column is Float64Column or Int64Column)
            && IsWhole(table.Columns[0])
            && (named || HasOneScale(table));
    }

    /// <summary>The columns <c>label</c> and <c>series</c> of the columns of numbers.</summary>
    /// <exception cref="DataException">A column is not numbers, or the first one has no class in a row.</exception>
    public static Frame Of(Frame table)
    {
        DataException.ThrowIfAny([.. table.Columns.Where(column => column is not (Float64Column or Int64Column)).Take(20).Select(column =>
            $"Column '{column.Name}' holds {column.Type} values; expected a class in the first column and the numbers of a series in all others.")]);
        if (!IsWhole(table.Columns[0]))
        {
            throw new DataException($"Column '{table.Columns[0].Name}' has fractions or missing values; expected the class of each series, a whole number, in the first column.");
        }

        string[] labels = [.. Enumerable.Range(0, table.RowCount).Select(row => ((long)table.Columns[0].NumberAt(row)).ToString(CultureInfo.InvariantCulture))];
        var series = new float[]?[table.RowCount];
        var steps = new double[table.ColumnCount - 1];
        for (int row = 0; row < series.Length; row++)
        {
            for (int step = 0; step < steps.Length; step++)
            {
                steps[step] = table.Columns[step + 1].NumberAt(row);
            }

            int length = Array.FindLastIndex(steps, value => !double.IsNaN(value)) + 1;
            series[row] = length == 0 ? null : Array.ConvertAll(steps[..length], NumberArray.Of);
        }

        return new Frame(SeriesLabels.Of("label", labels, []), new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, series));
    }

    public static string Note(Frame found)
    {
        var series = (ArrayColumn)found["series"];
        int[] lengths = [.. Enumerable.Range(0, series.Count).Select(series.StepsOf)];
        string steps = lengths.Min() == lengths.Max() ? $"{lengths[0]} steps" : $"{lengths.Min()} to {lengths.Max()} steps";
        return $"The table has no header, a whole number in front and numbers behind it: read as 'label' and one 'series' of {steps} a row, as series archives write them.";
    }

    private static bool IsWhole(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return Array.TrueForAll(numbers, number => number == Math.Floor(number));
    }

    /// <summary>Steps of one series are measured in one unit; columns of a table seldom are.</summary>
    private static bool HasOneScale(Frame table)
    {
        double[] scales = [.. table.Columns.Skip(1).Select(Scale).Where(scale => scale > 0)];
        return scales.Length > 0 && scales.Max() <= MostScaleRatio * scales.Min();
    }

    private static double Scale(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers.Where(number => !double.IsNaN(number)).Select(Math.Abs).DefaultIfEmpty(0).Average();
    }
}
