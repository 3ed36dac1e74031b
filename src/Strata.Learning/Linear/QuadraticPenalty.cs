using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// strength |beta|² / 2 + ofIntercept b² / 2, as a function of the variables of standardised columns: u_j = s_j beta_j, and last the score of a row of means, u_p = b + sum of m_j beta_j.
/// </summary>
internal sealed class QuadraticPenalty(Standardization scaling, double strength, double ofIntercept)
{
    private readonly double[] toIntercept = [.. scaling.Means.Select((mean, j) => -mean / scaling.Spreads[j]), 1];

    private int ColumnCount => scaling.Means.Length;

    /// <summary>Adds the gradient and returns the value.</summary>
    public double Add(ReadOnlySpan<double> at, Span<double> gradient)
    {
        double squares = 0;
        for (int j = 0; j < ColumnCount; j++)
        {
            double coefficient = at[j] / scaling.Spreads[j];
            squares += coefficient * coefficient;
            gradient[j] += strength * coefficient / scaling.Spreads[j];
        }

        double value = strength / 2 * squares;
        if (ofIntercept > 0)
        {
            double intercept = VectorKernels.Dot(toIntercept, at[..toIntercept.Length]);
            VectorKernels.AddScaled(toIntercept, ofIntercept * intercept, gradient);
            value += ofIntercept / 2 * intercept * intercept;
        }

        return value;
    }

    /// <summary>Adds the second derivatives to the lower triangle.</summary>
    public void AddTo(SquareMatrix matrix)
    {
        for (int j = 0; j < ColumnCount; j++)
        {
            matrix[j, j] += strength / (scaling.Spreads[j] * scaling.Spreads[j]);
        }

        for (int j = 0; ofIntercept > 0 && j <= ColumnCount; j++)
        {
            VectorKernels.AddScaled(toIntercept.AsSpan(0, j + 1), ofIntercept * toIntercept[j], matrix.Row(j, j + 1));
        }
    }

    public double Diagonal(int j) => j == ColumnCount ? ofIntercept : strength / (scaling.Spreads[j] * scaling.Spreads[j]) + ofIntercept * toIntercept[j] * toIntercept[j];
}
