namespace Strata.Learning;

/// <summary>How much each column moved what is explained: for every row and output, <c>bias + sum of contributions = raw score</c>, or the prediction where that is explained.</summary>
/// <param name="Columns">The original column names, or those of groups of columns.</param>
/// <param name="Outputs">The target's name for one output, or the class names.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Values">Row-major [rows, outputs, columns], in units of what is explained.</param>
/// <param name="Bias">Row-major [rows, outputs]: what it is before any column is known.</param>
public sealed record Contributions(IReadOnlyList<string> Columns, IReadOnlyList<string> Outputs, int RowCount, double[] Values, double[] Bias)
{
    public ExplainedOutput Explained { get; init; } = ExplainedOutput.RawScore;

    /// <summary>By how much chance may have put each of <see cref="Values"/> off, as one standard error; null for methods that leave nothing to chance.</summary>
    public double[]? StandardErrors { get; init; }

    /// <summary>The largest distance, over rows and outputs, of bias plus contributions from what the model says; null where it was not measured.</summary>
    public double? AdditivityError { get; init; }

    public ReadOnlySpan<double> Of(int row, int output) => Values.AsSpan((row * Outputs.Count + output) * Columns.Count, Columns.Count);

    public double BiasOf(int row, int output) => Bias[row * Outputs.Count + output];

    /// <summary>The standard errors of <see cref="Of"/>; empty where there are none.</summary>
    public ReadOnlySpan<double> ErrorsOf(int row, int output) => StandardErrors is null ? [] : StandardErrors.AsSpan((row * Outputs.Count + output) * Columns.Count, Columns.Count);

    /// <summary>The same, with how far it is from what the model says.</summary>
    /// <param name="said">Row-major [rows, outputs].</param>
    internal Contributions Checked(ReadOnlySpan<double> said)
    {
        double largest = 0;
        for (int at = 0; at < Bias.Length; at++)
        {
            double sum = Bias[at];
            foreach (double value in Values.AsSpan(at * Columns.Count, Columns.Count))
            {
                sum += value;
            }

            largest = Math.Max(largest, Math.Abs(sum - said[at]));
        }

        return this with { AdditivityError = largest };
    }
}
