using Strata.Learning.Data;

namespace Strata.Learning.Explanation;

/// <summary>A weighted sum of raw scores is explained by the same sum of its parts' explanations (linearity of Shapley values).</summary>
internal sealed class ScoreSumExplanation(IScoreSum model, IReadOnlyList<(IExplanation Part, IReadOnlyList<double> Weights)> parts) : IExplanation
{
    public Contributions Contributions(Frame rows, ExplanationOptions options)
    {
        Frame conformed = model.Signature.Features.Conform(rows);
        string[] columns = [.. conformed.Names];
        ExplanationOptions same = options.Method == ExplanationMethod.Interventional ? options with { Background = model.Signature.Features.Conform(options.BackgroundFor(rows)) } : options;
        double[] values = new double[checked(conformed.RowCount * Outputs * columns.Length)], bias = Constants(conformed.RowCount);
        foreach ((IExplanation part, IReadOnlyList<double> weights) in parts)
        {
            Contributions told = AlignedColumns.Of(part.Contributions(conformed, same), columns);
            Add(values, told.Values, weights, conformed.RowCount);
            Add(bias, told.Bias, weights, conformed.RowCount);
        }

        return new Contributions(columns, model.Signature.OutputNames, conformed.RowCount, values, bias);
    }

    public Interactions Interactions(Frame rows, FitContext context)
    {
        Frame conformed = model.Signature.Features.Conform(rows);
        string[] columns = [.. conformed.Names];
        double[] values = new double[checked(conformed.RowCount * Outputs * columns.Length * columns.Length)], bias = Constants(conformed.RowCount);
        foreach ((IExplanation part, IReadOnlyList<double> weights) in parts)
        {
            Interactions told = AlignedColumns.Of(part.Interactions(conformed, context), columns);
            Add(values, told.Values, weights, conformed.RowCount);
            Add(bias, told.Bias, weights, conformed.RowCount);
        }

        return new Interactions(columns, model.Signature.OutputNames, conformed.RowCount, values, bias);
    }

    private int Outputs => model.Signature.OutputCount;

    /// <summary>[rows, outputs]</summary>
    private double[] Constants(int rows) => [.. Enumerable.Range(0, rows).SelectMany(_ => model.Constants ?? new double[Outputs])];

    /// <param name="sum">[rows, outputs, some numbers]</param>
    /// <param name="part">[rows, outputs of the part, as many numbers]</param>
    /// <param name="weights">[outputs, outputs of the part]</param>
    /// <param name="rows">As said.</param>
    private void Add(double[] sum, double[] part, IReadOnlyList<double> weights, int rows)
    {
        int partOutputs = weights.Count / Outputs, width = sum.Length / Math.Max(1, rows * Outputs);
        for (int score = 0; score < rows * Outputs; score++)
        {
            int row = score / Outputs, output = score % Outputs;
            Span<double> to = sum.AsSpan(score * width, width);
            for (int from = 0; from < partOutputs; from++)
            {
                double weight = weights[output * partOutputs + from];
                ReadOnlySpan<double> own = part.AsSpan((row * partOutputs + from) * width, width);
                for (int i = 0; weight != 0 && i < width; i++)
                {
                    to[i] += weight * own[i];
                }
            }
        }
    }
}
