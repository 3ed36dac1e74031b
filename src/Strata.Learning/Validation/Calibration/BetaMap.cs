using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Validation.Calibration;

/// <summary>
/// <c>1 / (1 + exp(-(A ln p - B ln(1 - p) + C)))</c> with A and B at least 0, by maximum likelihood (Kull, Silva Filho and Flach 2017); where a coefficient would be
/// negative, it is 0 and the other is fitted again.
/// </summary>
internal sealed record BetaMap(double A, double B, double C) : ICalibrationMap
{
    private const int MostSteps = 100;

    public double Of(double probability)
    {
        double p = LogOdds.Clamped(probability);
        return LogOdds.Sigmoid(A * Math.Log(p) - B * Math.Log(1 - p) + C);
    }

    public OnnxValue Export(OnnxValue probability)
    {
        OnnxValue p = LogOdds.Clamped(probability);
        return (p.To("Log") * A - (1 - p).To("Log") * B + C).Sigmoid();
    }

    public static BetaMap Fit(double[] probabilities, bool[] isClass, double[]? weights)
    {
        double[] low = Array.ConvertAll(probabilities, p => Math.Log(LogOdds.Clamped(p))), high = Array.ConvertAll(probabilities, p => -Math.Log(1 - LogOdds.Clamped(p)));
        double[] both = Newton([low, high], isClass, weights);
        if (both[0] >= 0 && both[1] >= 0)
        {
            return new BetaMap(both[0], both[1], both[2]);
        }

        double[] one = Newton([both[0] < 0 ? high : low], isClass, weights);
        return both[0] < 0 ? new BetaMap(0, Math.Max(0, one[0]), one[1]) : new BetaMap(Math.Max(0, one[0]), 0, one[1]);
    }

    /// <summary>Logistic regression on a few columns; the intercept comes last.</summary>
    private static double[] Newton(double[][] columns, bool[] isClass, double[]? weights)
    {
        int size = columns.Length + 1;
        var solution = new double[size];
        var point = new double[size];
        for (int step = 0; step < MostSteps; step++)
        {
            var matrix = new double[size * size];
            var gradient = new double[size];
            for (int row = 0; row < isClass.Length; row++)
            {
                double score = solution[^1];
                for (int i = 0; i < columns.Length; i++)
                {
                    point[i] = columns[i][row];
                    score += solution[i] * point[i];
                }

                point[^1] = 1;
                double weight = weights?[row] ?? 1, p = LogOdds.Sigmoid(score);
                for (int i = 0; i < size; i++)
                {
                    gradient[i] += weight * ((isClass[row] ? 1 : 0) - p) * point[i];
                    for (int j = 0; j < size; j++)
                    {
                        matrix[i * size + j] += weight * p * (1 - p) * point[i] * point[j];
                    }
                }
            }

            double[] move = Solve(matrix, gradient, size);
            double length = move.Max(Math.Abs);
            double scale = Math.Min(1, 5 / Math.Max(length, 1e-300));
            for (int i = 0; i < size; i++)
            {
                solution[i] += scale * move[i];
            }

            if (!(length > 1e-11))
            {
                break;
            }
        }

        return solution;
    }

    /// <summary>Gauss elimination of a small positive definite matrix, with a trifle on its diagonal.</summary>
    private static double[] Solve(double[] matrix, double[] right, int size)
    {
        for (int i = 0; i < size; i++)
        {
            matrix[i * size + i] += 1e-10;
            for (int j = i + 1; j < size; j++)
            {
                double factor = matrix[j * size + i] / matrix[i * size + i];
                for (int k = i; k < size; k++)
                {
                    matrix[j * size + k] -= factor * matrix[i * size + k];
                }

                right[j] -= factor * right[i];
            }
        }

        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++)
            {
                right[i] -= matrix[i * size + k] * right[k];
            }

            right[i] /= matrix[i * size + i];
        }

        return right;
    }

    public void Write(ModelWriter writer)
    {
        writer.Set("a", A);
        writer.Set("b", B);
        writer.Set("c", C);
    }

    public static BetaMap Read(ModelReader reader) => new(reader.Get<double>("a"), reader.Get<double>("b"), reader.Get<double>("c"));
}
