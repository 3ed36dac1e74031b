namespace Strata.Learning;

/// <summary>
/// How much each pair of columns moved each raw score together: for every row and output a symmetric matrix whose lines sum to the columns' contributions, so that
/// <c>bias + sum of the matrix = raw score</c>. A pair's effect stands half on either side of the diagonal, on which is what a column does alone.
/// </summary>
/// <param name="Columns">The original column names.</param>
/// <param name="Outputs">The target's name for one output, or the class names.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Values">Row-major [rows, outputs, columns, columns], in units of the raw score.</param>
/// <param name="Bias">Row-major [rows, outputs]: the score before any column is known.</param>
public sealed record Interactions(IReadOnlyList<string> Columns, IReadOnlyList<string> Outputs, int RowCount, double[] Values, double[] Bias)
{
    /// <summary>The matrix of one row and output, row-major.</summary>
    public ReadOnlySpan<double> Of(int row, int output) =>
        Values.AsSpan((row * Outputs.Count + output) * Columns.Count * Columns.Count, Columns.Count * Columns.Count);

    public double BiasOf(int row, int output) => Bias[row * Outputs.Count + output];

    /// <summary>The mean size, over rows and outputs, of each cell of the matrix, row-major [columns, columns].</summary>
    public double[] MeanSize()
    {
        int cells = Columns.Count * Columns.Count, matrices = RowCount * Outputs.Count;
        var means = new double[cells];
        for (int at = 0; at < Values.Length; at++)
        {
            means[at % cells] += Math.Abs(Values[at]) / matrices;
        }

        return means;
    }
}
