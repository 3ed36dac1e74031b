using Strata.Learning.Data;
using Strata.Learning.Linear;

namespace Strata.Learning.Explanation;

/// <summary>
/// Contributions of a linear model: coefficient times the distance of the value from its training mean (or its background's), which are its Shapley values when columns are taken
/// as independent (Štrumbelj and Kononenko 2014). The bias is the score of a row of means. No two columns do anything together.
/// </summary>
internal sealed class LinearContributions(LinearModel model) : IExplanation
{
    public Contributions Contributions(Frame rows, ExplanationOptions options)
    {
        double[] means = options.Method == ExplanationMethod.Path
            ? model.FeatureMeans
            : [.. FrameNumbers.Of(Checked(options.BackgroundFor(rows), options.Context)).Select(column => column.Average())];
        Frame frame = Checked(rows, options.Context);
        double[][] columns = FrameNumbers.Of(frame);
        double[] coefficients = model.Coefficients;
        int rowCount = frame.RowCount, outputs = model.Intercepts.Length, width = columns.Length;
        var values = new double[checked(rowCount * outputs * width)];
        Parallel.For(0, rowCount, options.Context.ParallelOptions, row =>
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

    public Interactions Interactions(Frame rows, FitContext context)
    {
        Contributions alone = Contributions(rows, new ExplanationOptions { Context = context });
        int width = alone.Columns.Count;
        var values = new double[checked(alone.Values.Length * width)];
        for (int at = 0; at < alone.Values.Length; at++)
        {
            values[at * width + at % width] = alone.Values[at];
        }

        return new Interactions(alone.Columns, alone.Outputs, alone.RowCount, values, alone.Bias);
    }

    /// <summary>Refuses what the model could not predict.</summary>
    private Frame Checked(Frame rows, FitContext context)
    {
        Frame frame = model.Signature.Features.Conform(rows);
        _ = DesignMatrix.Of(frame, context.ParallelOptions);
        return frame;
    }
}
