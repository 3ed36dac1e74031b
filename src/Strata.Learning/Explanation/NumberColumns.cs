using Strata.Learning.Data;

namespace Strata.Learning.Explanation;

/// <summary>Columns made of numbers again, by the rule of <see cref="Column.NumberAt"/>.</summary>
internal static class NumberColumns
{
    /// <summary>Dates that there are, in seconds since 1970.</summary>
    private const double FirstSecond = -62_135_596_800, LastSecond = 253_402_300_799;

    /// <param name="like">Its name, type and levels.</param>
    /// <param name="numbers">NaN where missing. Fractions of whole numbers stay fractions.</param>
    public static Column Of(Column like, double[] numbers)
    {
        switch (like)
        {
            case CategoryColumn category:
                return new CategoryColumn(like.Name, Array.ConvertAll(numbers, number => double.IsNaN(number) ? -1 : (int)number), category.Levels);
            case DateColumn:
                return new DateColumn(like.Name, Array.ConvertAll(numbers, number => double.IsNaN(number) ? 0 : DateTime.UnixEpoch.Ticks + (long)(Math.Clamp(number, FirstSecond, LastSecond) * TimeSpan.TicksPerSecond)), Missing(numbers));
            case { Type: ColumnType.Boolean }:
                return new BooleanColumn(like.Name, Array.ConvertAll(numbers, number => number == 1), Missing(numbers));
            default:
                return new Float64Column(like.Name, numbers);
        }
    }

    private static MissingMask? Missing(double[] numbers)
    {
        if (!Array.Exists(numbers, double.IsNaN))
        {
            return null;
        }

        var mask = new MissingMask(numbers.Length);
        for (int row = 0; row < numbers.Length; row++)
        {
            mask[row] = double.IsNaN(numbers[row]);
        }

        return mask;
    }
}
