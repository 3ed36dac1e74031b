using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Bayes;

/// <summary>Covariances of columns divided by their spread within the classes.</summary>
internal sealed class ClassCovariance(ClassRows rows, ClassMoments moments, double[] scales, CancellationToken cancellation)
{
    private IEnumerable<int> Present => Enumerable.Range(0, rows.ClassWeights.Length).Where(code => rows.ClassWeights[code] > 0);

    /// <summary>Of all classes together, by the weight less the number of classes.</summary>
    /// <exception cref="DataException">There are no more rows than classes.</exception>
    public SquareMatrix Pooled()
    {
        double divisor = rows.TotalWeight - Present.Count();
        if (!(divisor > 0))
        {
            throw new DataException($"The rows weigh {rows.TotalWeight} and are of {Present.Count()} classes; a covariance within the classes needs more rows than classes.");
        }

        var pooled = new SquareMatrix(scales.Length);
        foreach (int code in Present)
        {
            Add(moments.Scatter(code, scales, cancellation), 1 / divisor, pooled);
        }

        return pooled;
    }

    /// <summary>The mean of the classes' covariances, each drawn towards equal variances without correlation.</summary>
    /// <param name="shrinkage">How far, 0 to 1; null lets the rows of each class decide.</param>
    public SquareMatrix Shrunk(double? shrinkage)
    {
        var mean = new SquareMatrix(scales.Length);
        foreach (int code in Present)
        {
            SquareMatrix covariance = moments.Scatter(code, scales, cancellation);
            Scale(covariance, 1 / rows.ClassWeights[code]);
            if (shrinkage is double part)
            {
                Draw(covariance, part, scales);
            }
            else
            {
                double[] own = [.. Enumerable.Range(0, scales.Length).Select(j => covariance[j, j] > 1e-20 ? scales[j] * Math.Sqrt(covariance[j, j]) : scales[j])];
                Draw(covariance, LedoitWolf(code, covariance, own), [.. own.Select((spread, j) => scales[j] / spread)]);
            }

            Add(covariance, rows.ClassWeights[code] / rows.TotalWeight, mean);
        }

        return mean;
    }

    /// <summary>Draws towards the mean variance, in the units in which a column is so many times as large.</summary>
    private static void Draw(SquareMatrix covariance, double part, double[] units)
    {
        double mean = 0;
        for (int j = 0; j < units.Length; j++)
        {
            mean += covariance[j, j] * units[j] * units[j] / units.Length;
        }

        Scale(covariance, 1 - part);
        for (int j = 0; j < units.Length; j++)
        {
            covariance[j, j] += part * mean / (units[j] * units[j]);
        }
    }

    /// <summary>The part that comes nearest to the true covariance in expectation (Ledoit and Wolf 2004), of columns divided by their spread in the class.</summary>
    private double LedoitWolf(int code, SquareMatrix covariance, double[] spreads)
    {
        int columns = scales.Length;
        double fourth = 0, squares = 0, trace = 0, weight = rows.ClassWeights[code];
        for (int row = 0; row < rows.Codes.Length; row++)
        {
            if (rows.Codes[row] == code)
            {
                double square = 0;
                for (int j = 0; j < columns; j++)
                {
                    double distance = (rows.Values[row * columns + j] - moments.Means[code * columns + j]) / spreads[j];
                    square += distance * distance;
                }

                fourth += rows.Weights[row] * square * square;
            }
        }

        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double element = covariance[i, j] * (scales[i] / spreads[i]) * (scales[j] / spreads[j]);
                squares += (i == j ? 1 : 2) * element * element;
                trace += i == j ? element : 0;
            }
        }

        double mean = trace / columns, distanceToTarget = (squares - 2 * mean * trace + columns * mean * mean) / columns;
        double noise = Math.Min((fourth / weight - squares) / (columns * weight), distanceToTarget);
        return noise > 0 ? noise / distanceToTarget : 0;
    }

    private static void Scale(SquareMatrix matrix, double factor)
    {
        for (int i = 0; i < matrix.Values.Length; i++)
        {
            matrix.Values[i] *= factor;
        }
    }

    private static void Add(SquareMatrix matrix, double factor, SquareMatrix to) => VectorKernels.AddScaled(matrix.Values, factor, to.Values);
}
