using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// The function of <see cref="HuberRegression"/>, a weighted mean, of standardised variables: u_j for column j, the score of a row of means, and the scale σ. With the
/// residual r = score - y a row within epsilon σ counts σ + r²/σ, one beyond σ + 2 epsilon |r| - epsilon² σ.
/// </summary>
/// <param name="rows">Columns and weights.</param>
/// <param name="targets">Standardised.</param>
/// <param name="epsilon">Where squares end, in scales.</param>
/// <param name="alpha">Penalty on the sum of squared coefficients of columns as they are, for standardised targets.</param>
internal sealed class HuberObjective(NumberRows rows, double[] targets, double epsilon, double alpha) : IObjective
{
    public const double SmallestScale = 1e-9;
    private readonly QuadraticPenalty penalty = new(rows.Scaling, 2 * alpha / rows.TotalWeight, ofIntercept: 0);
    private Cholesky? factor;

    public int Size => ColumnCount + 2;

    private int ColumnCount => rows.Matrix.ColumnCount;

    /// <summary>The variables of these coefficients of columns as they are, with the root of the mean squared residual for a scale.</summary>
    public double[] StartFrom(double[] coefficients)
    {
        var start = new double[Size];
        for (int j = 0; j < ColumnCount; j++)
        {
            start[j] = coefficients[j] * rows.Scaling.Spreads[j];
        }

        double center = -CenterOf(start);
        var squares = new double[(rows.Matrix.RowCount + rows.Matrix.BlockRows - 1) / rows.Matrix.BlockRows];
        ColumnSums.Of(rows.Matrix, rows.Scaling, (first, scores) =>
        {
            for (int i = 0; i < scores.Length; i++)
            {
                double residual = scores[i] + center - targets[first + i];
                squares[first / rows.Matrix.BlockRows] += Weight(first + i) * residual * residual;
            }
        }, Coefficients(start), rows.Threads);
        start[^1] = Math.Sqrt(squares.Sum() / rows.TotalWeight);
        return start;
    }

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
    {
        double scale = at[^1], weight = rows.TotalWeight;
        gradient.Clear();
        if (!(scale >= SmallestScale))
        {
            gradient[^1] = -1;
            return double.PositiveInfinity;
        }

        var parts = new (double Value, double ByScale)[(rows.Matrix.RowCount + rows.Matrix.BlockRows - 1) / rows.Matrix.BlockRows];
        (double[] coefficients, double center) = (Coefficients(at), at[ColumnCount] - CenterOf(at));
        (double[] sums, double total) = ColumnSums.WithTotal(rows.Matrix, rows.Scaling, (start, scores) => parts[start / rows.Matrix.BlockRows] = Derive(start, scores, center, scale), coefficients, rows.Threads);
        for (int j = 0; j < ColumnCount; j++)
        {
            gradient[j] = sums[j] / (weight * rows.Scaling.Spreads[j]);
        }

        gradient[ColumnCount] = rows.HasIntercept ? total / weight : 0;
        gradient[^1] = parts.Sum(part => part.ByScale) / weight;
        return parts.Sum(part => part.Value) / weight + penalty.Add(at, gradient);
    }

    public void EstimateCurvature(ReadOnlySpan<double> at)
    {
        double scale = at[^1], center = at[ColumnCount] - CenterOf(at);
        double[] coefficients = Coefficients(at);
        SquareMatrix gram = Gram.Of(rows.Matrix, rows.Scaling, (block, start, roots, further) =>
        {
            Span<double> ones = further[..roots.Length], byScale = further[roots.Length..];
            ones.Fill(1);
            roots.Fill(center);
            LinearKernels.AddScores(block, coefficients, roots);
            for (int i = 0; i < roots.Length; i++)
            {
                double residual = roots[i] - targets[start + i];
                byScale[i] = -residual / scale;
                roots[i] = Math.Abs(residual) <= epsilon * scale ? Math.Sqrt(2 * Weight(start + i) / scale) : 0;
            }
        }, further: 2, rows.Threads);
        for (int j = 0; j < Size; j++)
        {
            foreach (ref double value in gram.Row(j, j + 1))
            {
                value /= rows.TotalWeight;
            }
        }

        penalty.AddTo(gram);
        for (int j = 0; j < Size; j++)
        {
            gram[j, j] += gram[j, j] < 1e-8 ? 0.1 : 1e-10;
        }

        if (!rows.HasIntercept)
        {
            gram.Row(ColumnCount, ColumnCount).Clear();
            (gram[ColumnCount, ColumnCount], gram[ColumnCount + 1, ColumnCount]) = (1, 0);
        }

        factor = Cholesky.TryFactor(gram, rows.Threads);
    }

    public void Solve(Span<double> vector) => factor?.Solve(vector);

    private double[] Coefficients(ReadOnlySpan<double> at)
    {
        var coefficients = new double[ColumnCount];
        for (int j = 0; j < coefficients.Length; j++)
        {
            coefficients[j] = at[j] / rows.Scaling.Spreads[j];
        }

        return coefficients;
    }

    private double CenterOf(ReadOnlySpan<double> at) => VectorKernels.Dot(rows.Scaling.Means, Coefficients(at));

    private double Weight(int row) => rows.Weights?[row] ?? 1;

    private (double Value, double ByScale) Derive(int start, Span<double> scores, double center, double scale)
    {
        double value = 0, byScale = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double weight = Weight(start + i), residual = scores[i] + center - targets[start + i];
            if (Math.Abs(residual) <= epsilon * scale)
            {
                double ratio = residual / scale;
                value += weight * (scale + residual * ratio);
                byScale += weight * (1 - ratio * ratio);
                scores[i] = 2 * weight * ratio;
            }
            else
            {
                value += weight * (scale + 2 * epsilon * Math.Abs(residual) - epsilon * epsilon * scale);
                byScale += weight * (1 - epsilon * epsilon);
                scores[i] = 2 * weight * Math.CopySign(epsilon, residual);
            }
        }

        return (value, byScale);
    }
}
