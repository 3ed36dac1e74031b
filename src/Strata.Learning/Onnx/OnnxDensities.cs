namespace Strata.Learning.Onnx;

/// <summary>Squared distances of rows from several means, each in a unit of its own: what logarithms of normal densities are made of.</summary>
internal static class OnnxDensities
{
    /// <summary>Of independent columns: float64 [rows, groups].</summary>
    /// <param name="rows">float64 [rows, columns].</param>
    /// <param name="means">Row-major [groups, columns].</param>
    /// <param name="variances">Row-major [groups, columns].</param>
    /// <param name="groups">How many.</param>
    public static OnnxValue Squares(OnnxValue rows, double[] means, double[] variances, int groups)
    {
        int columns = means.Length / groups;
        return rows.Graph.Join([.. Enumerable.Range(0, groups).Select(k =>
        {
            OnnxValue away = rows - Row(rows, means, k, columns);
            return (away * away).MatrixProduct(rows.Graph.Constant("precisions", OnnxElement.Double, [columns, 1], variances.Skip(k * columns).Take(columns).Select(variance => 1 / variance)));
        })]);
    }

    /// <summary>Of columns with covariances: float64 [rows, groups].</summary>
    /// <param name="rows">float64 [rows, columns].</param>
    /// <param name="means">Row-major [groups, columns].</param>
    /// <param name="whiten">Replaces a vector by L⁻¹ times it, where L Lᵀ is a group's covariance.</param>
    /// <param name="groups">How many.</param>
    public static OnnxValue WhitenedSquares(OnnxValue rows, double[] means, Action<int, double[]> whiten, int groups)
    {
        int columns = means.Length / groups;
        return rows.Graph.Join([.. Enumerable.Range(0, groups).Select(k =>
        {
            OnnxValue turned = rows.Graph.Constant("whitening", OnnxElement.Double, [columns, columns], Enumerable.Range(0, columns).SelectMany(j => Whitened(k, j)));
            OnnxValue white = (rows - Row(rows, means, k, columns)).MatrixProduct(turned);
            return (white * white).Sum(1);
        })]);

        double[] Whitened(int group, int column)
        {
            var unit = new double[columns];
            unit[column] = 1;
            whiten(group, unit);
            return unit;
        }
    }

    private static OnnxValue Row(OnnxValue rows, double[] means, int group, int columns) =>
        rows.Graph.Constant("means", OnnxElement.Double, [columns], means.Skip(group * columns).Take(columns));
}
