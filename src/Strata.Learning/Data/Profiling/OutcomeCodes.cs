using Strata.Tensors;

namespace Strata.Learning.Data.Profiling;

/// <summary>The target as classes, or as numbers when it has too many values to be classes; and a fixed halving of the rows.</summary>
internal sealed class OutcomeCodes
{
    private const int MostClasses = 100;
    private const int MostWholeClasses = 20;
    private const int LeastRows = 200;
    private const ulong HalvingSeed = 20;

    private OutcomeCodes(string name, int[] codes, IReadOnlyList<string> classes, double[]? numbers)
    {
        (Name, Codes, Classes, Numbers) = (name, codes, classes, numbers);
        var random = new RandomSource(HalvingSeed);
        InSecondHalf = new bool[codes.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            InSecondHalf[row] = random.NextBits() >> 63 != 0;
        }
    }

    public string Name { get; }

    /// <summary>Class of each row, 0 for all when the target is a number; -1 for rows without target.</summary>
    public int[] Codes { get; }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>The target of each row less the mean, when it is a number.</summary>
    public double[]? Numbers { get; }

    /// <summary>Which half a row belongs to: what one half suggests is tried on the other.</summary>
    public bool[] InSecondHalf { get; }

    /// <summary>Null when the target has too few rows or values to tell anything.</summary>
    public static OutcomeCodes? Of(Column target)
    {
        if (target.Count - target.MissingCount < LeastRows)
        {
            return null;
        }

        if (target.IsNumeric && target.Type != ColumnType.Boolean)
        {
            int distinct = new NumberSummary(NumberSort.Sorted(target)).Distinct;
            if (target.Type != ColumnType.Int64 || distinct > MostWholeClasses)
            {
                return distinct < 2 ? null : OfNumbers(target);
            }
        }

        CategoryColumn classes = target as CategoryColumn ?? CategoryColumn.Of(target.Name, [.. Enumerable.Range(0, target.Count).Select(target.TextAt)]);
        return classes.Levels.Count is < 2 or > MostClasses ? null : new OutcomeCodes(target.Name, classes.Codes, classes.Levels, null);
    }

    private static OutcomeCodes OfNumbers(Column target)
    {
        var numbers = new double[target.Count];
        target.CopyNumbers(numbers);
        double mean = numbers.Where(number => !double.IsNaN(number)).Average();
        int[] codes = Array.ConvertAll(numbers, number => double.IsNaN(number) ? -1 : 0);
        return new OutcomeCodes(target.Name, codes, [target.Name], Array.ConvertAll(numbers, number => number - mean));
    }
}
