using Strata.Learning.Data;

namespace Strata.Learning.Explanation;

/// <summary>The columns of a frame as arrays of doubles, without a copy where they are so stored.</summary>
internal static class FrameNumbers
{
    /// <summary>[columns][rows]</summary>
    public static double[][] Of(Frame frame) => [.. frame.Columns.Select(Of)];

    private static double[] Of(Column column)
    {
        if (column is Float64Column doubles)
        {
            return doubles.Values;
        }

        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }
}
