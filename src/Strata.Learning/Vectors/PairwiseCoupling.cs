using Strata.Learning.Onnx;

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

    /// <summary>
    /// The same inside a graph, where it is not approached step by step: the best probabilities are in proportion to the solution of Q x = (1, .., 1), by elimination.
    /// </summary>
    /// <param name="pairs">float64 [rows, pairs], the first class of each pair against the second, in the order of <see cref="ClassPair.All"/>.</param>
    /// <param name="classes">More than two.</param>
    public static OnnxValue Export(OnnxValue pairs, int classes)
    {
        OnnxValue mine = pairs.Within(Nearest, 1 - Nearest), theirs = 1 - mine, one = mine.Slice(1, 0, 1) * 0.0 + 1.0;
        var q = new OnnxValue?[classes, classes];
        foreach (((int i, int j), int pair) in ClassPair.All(classes).Select((both, pair) => (both, pair)))
        {
            OnnxValue p = mine.Slice(1, pair, pair + 1), other = theirs.Slice(1, pair, pair + 1);
            q[i, i] = q[i, i] is OnnxValue own ? own + other * other : other * other;
            q[j, j] = q[j, j] is OnnxValue their ? their + p * p : p * p;
            q[i, j] = q[j, i] = -(p * other);
        }

        OnnxValue[] right = [.. Enumerable.Repeat(one, classes)];
        for (int k = 0; k < classes; k++)
        {
            for (int i = k + 1; i < classes; i++)
            {
                OnnxValue factor = q[i, k]!.Value / q[k, k]!.Value;
                for (int j = k + 1; j < classes; j++)
                {
                    q[i, j] = q[i, j]!.Value - factor * q[k, j]!.Value;
                }

                right[i] -= factor * right[k];
            }
        }

        for (int k = classes - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < classes; j++)
            {
                right[k] -= q[k, j]!.Value * right[j];
            }

            right[k] /= q[k, k]!.Value;
        }

        return OnnxAnswer.Shares(pairs.Graph.Join(right), classes);
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
