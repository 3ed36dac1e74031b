namespace Strata.Learning.Trees.Growth;

/// <summary>The rows' weights in whole units, so that sums of them do not depend on the order; without weights every row is one unit.</summary>
internal sealed unsafe class RowWeights
{
    private readonly int[]? units;
    private readonly double unitsPerRow;

    private RowWeights(int[]? units, double unitsPerRow) => (this.units, this.unitsPerRow) = (units, unitsPerRow);

    /// <summary>Every row weighs one.</summary>
    public static RowWeights Ones { get; } = new(null, 1);

    /// <param name="weights">A weight a row, at least one of them above zero.</param>
    public static RowWeights Of(float[] weights)
    {
        double scale = Math.ScaleB(1, 29 - Math.ILogB(weights.Max()));
        return new RowWeights([.. weights.Select(weight => (int)Math.Round(weight * scale))], scale);
    }

    public long Sum(uint* rows, int count)
    {
        if (units is null)
        {
            return count;
        }

        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += units[rows[i]];
        }

        return sum;
    }

    /// <summary>Units as a number of rows of weight one.</summary>
    public double InRows(long sum) => sum / unitsPerRow;
}
