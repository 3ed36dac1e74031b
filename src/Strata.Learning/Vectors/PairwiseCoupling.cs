namespace Strata.Learning.Vectors;

/// <summary>Class probabilities that agree best with the probabilities of every pair of classes (Wu, Lin and Weng 2004, their second method, as in LIBSVM).</summary>
internal static class PairwiseCoupling
{
    private const double Nearest = 1e-7;

    /// <param name="pairs">Row-major [classes, classes]: at (i, j) the probability of class i where it is i or j; overwritten.</param>
    /// <param name="probabilities">One a class, summing to 1.</param>
    public static void Couple(Span<double> pairs, Span<double> probabilities)
    {
        int k = probabilities.Length;
        var q = new double[k * k];
        var products = new double[k];
        for (int i = 0; i < k; i++)
        {
            probabilities[i] = 1.0 / k;
            for (int j = 0; j < k; j++)
            {
                if (i != j)
                {
                    double mine = Math.Clamp(pairs[i * k + j], Nearest, 1 - Nearest), theirs = Math.Clamp(pairs[j * k + i], Nearest, 1 - Nearest);
                    q[i * k + i] += theirs * theirs;
                    q[i * k + j] = -theirs * mine;
                }
            }
        }

        double enough = 1e-9 / k;
        for (int step = 0; step < Math.Max(100, k); step++)
        {
            double all = Multiply(q, probabilities, products);
            double error = 0;
            foreach (double product in products)
            {
                error = Math.Max(error, Math.Abs(product - all));
            }

            if (error < enough)
            {
                break;
            }

            for (int i = 0; i < k; i++)
            {
                double change = (all - products[i]) / q[i * k + i];
                probabilities[i] += change;
                all = (all + change * (change * q[i * k + i] + 2 * products[i])) / (1 + change) / (1 + change);
                for (int j = 0; j < k; j++)
                {
                    products[j] = (products[j] + change * q[i * k + j]) / (1 + change);
                    probabilities[j] /= 1 + change;
                }
            }
        }

        double sum = 0;
        foreach (double probability in probabilities)
        {
            sum += probability;
        }

        foreach (ref double probability in probabilities)
        {
            probability /= sum;
        }
    }

    private static double Multiply(double[] q, ReadOnlySpan<double> probabilities, double[] products)
    {
        int k = products.Length;
        double all = 0;
        for (int i = 0; i < k; i++)
        {
            products[i] = 0;
            for (int j = 0; j < k; j++)
            {
                products[i] += q[i * k + j] * probabilities[j];
            }

            all += probabilities[i] * products[i];
        }

        return all;
    }
}
