using Strata.Tensors.Kernels;

namespace Strata.Learning.Preparation;

/// <summary>
/// Ridge regression that finds its own penalty: precisions of the noise and of the coefficients are those that make the data most likely
/// (MacKay 1992, with the updates and the vague priors of scikit-learn's BayesianRidge).
/// </summary>
internal static class BayesianRidge
{
    private const int MostSteps = 300;
    private const double Tolerance = 1e-3;
    private const double Prior = 1e-6;

    /// <summary>The coefficients that predict the last column from the ones before it.</summary>
    public static double[] Coefficients(Covariance sums, CancellationToken cancellation = default)
    {
        int n = sums.Means.Length - 1;
        if (n == 0)
        {
            return [];
        }

        var gram = new SquareMatrix(n);
        double[] products = new double[n];
        for (int i = 0; i < n; i++)
        {
            products[i] = sums.Sums[n, i];
            for (int j = 0; j <= i; j++)
            {
                gram[i, j] = sums.Sums[i, j];
            }
        }

        double ofTarget = sums.Sums[n, n], rows = sums.TotalWeight;
        var eigen = SymmetricEigen.Of(gram, cancellation: cancellation);
        double[] sizes = [.. eigen.Values.Select(value => Math.Max(0, value))], along = [.. eigen.Vectors.Select(vector => vector.Zip(products, (a, b) => a * b).Sum())];
        double noise = 1 / (ofTarget / rows + 2.220446049250313e-16), ridge = 1;
        double[] before = [];
        for (int step = 0; step < MostSteps; step++)
        {
            double[] rotated = Rotated(sizes, along, ridge / noise);
            // |y - Xb|² = yᵀy - 2 bᵀXᵀy + bᵀXᵀXb, all in the basis of eigenvectors.
            double error = Math.Max(0, ofTarget + rotated.Select((b, k) => b * (sizes[k] * b - 2 * along[k])).Sum());
            double freedom = sizes.Sum(size => noise * size / (ridge + noise * size));
            ridge = (freedom + 2 * Prior) / (rotated.Sum(b => b * b) + 2 * Prior);
            noise = (rows - freedom + 2 * Prior) / (error + 2 * Prior);
            double[] now = InColumns(rotated, eigen.Vectors);
            if (step > 0 && now.Zip(before, (a, b) => Math.Abs(a - b)).Sum() < Tolerance)
            {
                break;
            }

            before = now;
        }

        return InColumns(Rotated(sizes, along, ridge / noise), eigen.Vectors);
    }

    private static double[] Rotated(double[] sizes, double[] along, double penalty) => [.. along.Select((value, k) => value / (sizes[k] + penalty))];

    private static double[] InColumns(double[] rotated, double[][] vectors)
    {
        var coefficients = new double[rotated.Length];
        for (int k = 0; k < rotated.Length; k++)
        {
            for (int j = 0; j < coefficients.Length; j++)
            {
                coefficients[j] += rotated[k] * vectors[k][j];
            }
        }

        return coefficients;
    }
}
