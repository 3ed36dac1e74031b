namespace Strata.Learning;

/// <summary>How much each column moved each raw score: for every row and output, <c>bias + sum of contributions = raw score</c>.</summary>
/// <param name="Columns">The original column names.</param>
/// <param name="Outputs">The target's name for one output, or the class names.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Values">Row-major [rows, outputs, columns], in units of the raw score.</param>
/// <param name="Bias">Row-major [rows, outputs]: the score before any column is known.</param>
public sealed record Contributions(IReadOnlyList<string> Columns, IReadOnlyList<string> Outputs, int RowCount, double[] Values, double[] Bias)
{
    public ReadOnlySpan<double> Of(int row, int output) => Values.AsSpan((row * Outputs.Count + output) * Columns.Count, Columns.Count);

    public double BiasOf(int row, int output) => Bias[row * Outputs.Count + output];
}
