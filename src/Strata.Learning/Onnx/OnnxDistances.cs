namespace Strata.Learning.Onnx;

/// <summary>How far rows are from points, column by column, so that a row that is a point is at a distance of exactly 0.</summary>
internal static class OnnxDistances
{
    /// <summary>Sums of a function of the differences: float64 [rows, points].</summary>
    /// <param name="rows">float64 [rows, columns].</param>
    /// <param name="points">Row-major [points, columns].</param>
    /// <param name="columns">Of each.</param>
    /// <param name="of">What is summed of each difference.</param>
    public static OnnxValue Sum(OnnxValue rows, double[] points, int columns, Func<OnnxValue, OnnxValue> of)
    {
        int count = points.Length / columns;
        return Enumerable.Range(0, columns)
            .Select(j => of(rows.Slice(1, j, j + 1) - rows.Graph.Constant("points", OnnxElement.Double, [1, count], Enumerable.Range(0, count).Select(i => points[i * columns + j]))))
            .Aggregate((sum, part) => sum + part);
    }
}
