using Strata.Learning.Data;

namespace Strata.Learning.Explanation;

/// <summary>A weighted sum of raw scores is explained by the same sum of its parts' explanations (linearity of Shapley values).</summary>
internal sealed class ScoreSumExplanation(IScoreSum model, IReadOnlyList<(IExplanation Part, double Weight)> parts) : IExplanation
{
    public Contributions Contributions(Frame rows, ExplanationOptions options)
    {
        Frame conformed = model.Signature.Features.Conform(rows);
        string[] columns = [.. conformed.Names];
        ExplanationOptions same = options.Method == ExplanationMethod.Interventional ? options with { Background = model.Signature.Features.Conform(options.BackgroundFor(rows)) } : options;
        return parts.Select(part => (Told: AlignedColumns.Of(part.Part.Contributions(conformed, same), columns), part.Weight))
            .Aggregate((Contributions?)null, (sum, part) => new Contributions(
                part.Told.Columns, model.Signature.OutputNames, part.Told.RowCount, Added(sum?.Values, part.Told.Values, part.Weight), Added(sum?.Bias, part.Told.Bias, part.Weight)))!;
    }

    public Interactions Interactions(Frame rows, FitContext context)
    {
        Frame conformed = model.Signature.Features.Conform(rows);
        string[] columns = [.. conformed.Names];
        return parts.Select(part => (Told: AlignedColumns.Of(part.Part.Interactions(conformed, context), columns), part.Weight))
            .Aggregate((Interactions?)null, (sum, part) => new Interactions(
                part.Told.Columns, model.Signature.OutputNames, part.Told.RowCount, Added(sum?.Values, part.Told.Values, part.Weight), Added(sum?.Bias, part.Told.Bias, part.Weight)))!;
    }

    private static double[] Added(double[]? sum, double[] values, double weight)
    {
        sum ??= new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            sum[i] += weight * values[i];
        }

        return sum;
    }
}
