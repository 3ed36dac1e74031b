using Strata.Tensors.Kernels;

namespace Strata.Learning.Explanation.Local;

/// <summary>A weighted ridge regression on few terms.</summary>
/// <param name="Terms">Which, the largest weight first.</param>
/// <param name="Weights">Of these.</param>
/// <param name="Intercept">Where all terms are 0.</param>
/// <param name="Fidelity">The weighted share of variance that it explains; 1 where there is none to explain.</param>
internal sealed record LocalLine(int[] Terms, double[] Weights, double Intercept, double Fidelity)
{
    /// <summary>More terms are first thinned out by their covariance with the target.</summary>
    private const int MostTogether = 500;

    /// <param name="x">[rows, terms].</param>
    /// <param name="width">Terms.</param>
    /// <param name="y">[rows].</param>
    /// <param name="weights">[rows].</param>
    /// <param name="ridge">Penalty of the squared weights.</param>
    /// <param name="most">Terms to keep: those with the largest weights among all.</param>
    public static LocalLine Fit(double[] x, int width, double[] y, double[] weights, double ridge, int most)
    {
        double all = weights.Sum(), mean = Mean(y, weights, all);
        double[] means = [.. Enumerable.Range(0, width).Select(term => Enumerable.Range(0, y.Length).Sum(row => weights[row] * x[row * width + term]) / all)];
        int[] terms = [.. Enumerable.Range(0, width)];
        if (width > MostTogether)
        {
            double Covariance(int term) => Math.Abs(Enumerable.Range(0, y.Length).Sum(row => weights[row] * (x[row * width + term] - means[term]) * (y[row] - mean)));
            terms = [.. terms.OrderByDescending(Covariance).Take(MostTogether).Order()];
        }

        double[] solved = Solve(x, width, y, weights, ridge, terms, means, mean);
        int[] chosen = [.. Enumerable.Range(0, terms.Length).OrderByDescending(i => Math.Abs(solved[i])).Take(most).Select(i => terms[i]).Order()];
        double[] slopes = Solve(x, width, y, weights, ridge, chosen, means, mean);
        double intercept = mean - chosen.Select((term, i) => slopes[i] * means[term]).Sum();
        double left = 0, whole = 0;
        for (int row = 0; row < y.Length; row++)
        {
            double said = intercept;
            for (int i = 0; i < chosen.Length; i++)
            {
                said += slopes[i] * x[row * width + chosen[i]];
            }

            left += weights[row] * (y[row] - said) * (y[row] - said);
            whole += weights[row] * (y[row] - mean) * (y[row] - mean);
        }

        int[] order = [.. Enumerable.Range(0, chosen.Length).OrderByDescending(i => Math.Abs(slopes[i]))];
        return new LocalLine([.. order.Select(i => chosen[i])], [.. order.Select(i => slopes[i])], intercept, whole > 1e-24 * all * (1 + mean * mean) ? 1 - left / whole : 1);
    }

    public double At(ReadOnlySpan<double> row)
    {
        double sum = Intercept;
        for (int i = 0; i < Terms.Length; i++)
        {
            sum += Weights[i] * row[Terms[i]];
        }

        return sum;
    }

    private static double Mean(double[] y, double[] weights, double all) => y.Zip(weights, (value, weight) => value * weight).Sum() / all;

    private static double[] Solve(double[] x, int width, double[] y, double[] weights, double ridge, int[] terms, double[] means, double mean)
    {
        var products = new SquareMatrix(terms.Length);
        var solved = new double[terms.Length];
        var centred = new double[terms.Length];
        for (int row = 0; row < y.Length; row++)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                centred[i] = x[row * width + terms[i]] - means[terms[i]];
            }

            VectorKernels.AddScaled(centred, weights[row] * (y[row] - mean), solved);
            for (int i = 0; i < terms.Length; i++)
            {
                VectorKernels.AddScaled(centred.AsSpan(0, i + 1), weights[row] * centred[i], products.Row(i, i + 1));
            }
        }

        for (int i = 0; i < terms.Length; i++)
        {
            products[i, i] += ridge;
        }

        (Cholesky.TryFactor(products, new ParallelOptions { MaxDegreeOfParallelism = 1 }) ?? throw new Data.DataException("The ridge is too small for these terms; take a larger one.")).Solve(solved);
        return solved;
    }
}
