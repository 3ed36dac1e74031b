using Strata.Learning.Data;
using Strata.Learning.Linear;

namespace Strata.Learning.Explanation;

/// <summary>
/// Contributions of a linear model: coefficient times the distance of the value from its training mean, which are its Shapley values when columns are taken as independent
/// (Štrumbelj and Kononenko 2014). The bias is the score of a row of means.
/// </summary>
internal static class LinearContributions
{
    public static Contributions Of(LinearModel model, Frame rows, int threads)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        Frame frame = model.Signature.Features.Conform(rows);
        _ = DesignMatrix.Of(frame, options); // Refuses what the model could not predict.
        double[][] columns = FrameNumbers.Of(frame);
        double[] coefficients = model.Coefficients, means = model.FeatureMeans;
        int rowCount = frame.RowCount, outputs = model.Intercepts.Length, width = columns.Length;
        var values = new double[checked(rowCount * outputs * width)];
        Parallel.For(0, rowCount, options, row =>
        {
            for (int i = 0, at = row * outputs * width; i < outputs * width; i++)
            {
                int j = i % width;
                values[at + i] = coefficients[i] * (columns[j][row] - means[j]);
            }
        });
        double[] bias = [.. model.Intercepts.Select((intercept, k) => intercept + means.Select((mean, j) => coefficients[k * width + j] * mean).Sum())];
        return new Contributions([.. frame.Names], model.Signature.OutputNames, rowCount, values, [.. Enumerable.Range(0, rowCount).SelectMany(_ => bias)]);
    }
}
