using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// An estimate of the Hessian of <see cref="LogisticObjective"/>: for each output a multiple of one matrix, the Gram matrix of standardised columns with
/// each row weighted by its mean p (1 - p), plus the penalty. A sample of the rows gives it; with very many columns only its diagonal is kept.
/// </summary>
internal sealed class LogisticCurvature(DesignMatrix matrix, int outputs, double[]? weights, Standardization scaling, bool hasIntercept, double penalty, bool isSparse, ParallelOptions threads)
{
    /// <summary>Up to so many columns the curvature is a full matrix, beyond its diagonal.</summary>
    private const int MostColumnsOfFullMatrix = 1024;

    private readonly double[] classCurvature = new double[outputs];
    private Cholesky? factor;
    private SquareMatrix? matrixOfColumns;
    private double[] diagonal = [];
    private double meanCurvature;

    private int ColumnCount => matrix.ColumnCount;

    private int Stride => ColumnCount + 1;

    /// <summary>Looks at the rows' probabilities.</summary>
    /// <param name="coefficients">For each output the coefficients of the columns as they are, then the intercept.</param>
    public void Estimate(double[] coefficients)
    {
        (DesignMatrix sample, double[] sampleWeights) = Sample();
        var totals = new double[(sample.RowCount + sample.BlockRows - 1) / sample.BlockRows][];
        void Look(DesignBlock block, int start, Span<double> roots)
        {
            ReadOnlySpan<double> rowWeights = sampleWeights.Length == 0 ? [] : sampleWeights.AsSpan(start, block.Count);
            totals[start / sample.BlockRows] = RootCurvatures(block, rowWeights, coefficients, roots);
        }

        SquareMatrix? gram = ColumnCount <= MostColumnsOfFullMatrix ? Gram.Of(sample, scaling, Look, threads) : null;
        if (gram is null)
        {
            var block = new DesignBlock(ColumnCount);
            var roots = new double[sample.BlockRows];
            for (int start = 0; start < sample.RowCount; start += sample.BlockRows)
            {
                sample.Read(start, Math.Min(sample.BlockRows, sample.RowCount - start), block);
                Look(block, start, roots.AsSpan(0, block.Count));
            }
        }

        var sums = new double[outputs + 1];
        foreach (double[] total in totals)
        {
            VectorKernels.AddScaled(total, 1, sums);
        }

        double weight = sums[outputs];
        meanCurvature = Math.Max(1e-12, sums.AsSpan(0, outputs).ToArray().Average() / weight);
        for (int k = 0; k < outputs; k++)
        {
            classCurvature[k] = Math.Max(1e-8, sums[k] / weight / meanCurvature);
        }

        Factor(gram, weight);
    }

    /// <summary>Replaces a vector by the estimated inverse Hessian times it.</summary>
    public void Solve(Span<double> vector)
    {
        for (int k = 0; k < outputs; k++)
        {
            Span<double> part = vector.Slice(k * Stride, Stride);
            if (factor is not null)
            {
                factor.Solve(part[..ColumnCount]);
            }
            else
            {
                for (int j = 0; j < ColumnCount; j++)
                {
                    part[j] /= diagonal[j];
                }
            }

            part[ColumnCount] = hasIntercept ? part[ColumnCount] / meanCurvature : 0;
            for (int j = 0; j < part.Length; j++)
            {
                part[j] /= classCurvature[k];
            }
        }

        RemoveCommonPart(vector);
    }

    /// <summary>So many rows that the curvature is estimated well at the price of a few gradients, and their weights (empty for one each).</summary>
    private (DesignMatrix Rows, double[] Weights) Sample()
    {
        int enough = Math.Max(Math.Max(4096, 10 * ColumnCount), 16 * (matrix.RowCount / ColumnCount));
        int every = Math.Max(1, matrix.RowCount / enough);
        double[] sampleWeights = weights is null ? [] : matrix.Sample(weights, every);
        return weights is null || sampleWeights.Sum() > 0 ? (matrix.Sample(every), sampleWeights) : (matrix, weights);
    }

    /// <summary>Writes the root of each row's curvature, averaged over outputs, and returns the sums of w p (1 - p) of each output and of w.</summary>
    private double[] RootCurvatures(DesignBlock block, ReadOnlySpan<double> rowWeights, double[] coefficients, Span<double> roots)
    {
        int padded = (block.Count + 7) & ~7;
        var scores = new double[outputs * padded];
        for (int k = 0; k < outputs; k++)
        {
            Span<double> z = scores.AsSpan(k * padded, block.Count);
            z.Fill(coefficients[k * Stride + ColumnCount]);
            LinearKernels.AddScores(block, coefficients.AsSpan(k * Stride, ColumnCount), z);
        }

        var sums = new double[outputs + 1];
        Span<double> probabilities = stackalloc double[outputs];
        for (int i = 0; i < block.Count; i++)
        {
            double weight = rowWeights.IsEmpty ? 1 : rowWeights[i], all = 0;
            for (int k = 0; k < outputs; k++)
            {
                probabilities[k] = scores[k * padded + i];
            }

            Probabilities.OfScores(probabilities, probabilities);
            for (int k = 0; k < outputs; k++)
            {
                double curvature = weight * probabilities[k] * (1 - probabilities[k]);
                sums[k] += curvature;
                all += curvature;
            }

            roots[i] = Math.Sqrt(all / outputs);
            sums[outputs] += weight;
        }

        return sums;
    }

    private void Factor(SquareMatrix? gram, double weight)
    {
        (factor, matrixOfColumns) = (null, null);
        if (gram is null)
        {
            diagonal = [.. scaling.Spreads.Select(spread => meanCurvature + penalty / (spread * spread))];
            return;
        }

        for (int j = 0; j < ColumnCount; j++)
        {
            foreach (ref double value in gram.Row(j, j + 1))
            {
                value /= weight;
            }

            // A rare level may be absent from the rows that were looked at; its curvature is then guessed from the others'.
            double guess = gram[j, j] < 0.1 * meanCurvature ? meanCurvature : 1e-10 * meanCurvature;
            gram[j, j] += guess + penalty / (scaling.Spreads[j] * scaling.Spreads[j]);
        }

        diagonal = [.. Enumerable.Range(0, ColumnCount).Select(j => gram[j, j])];
        if (isSparse)
        {
            matrixOfColumns = new SquareMatrix(ColumnCount);
            gram.Values.CopyTo(matrixOfColumns.Values, 0);
        }

        factor = Cholesky.TryFactor(gram, threads);
    }

    /// <summary>The minimum of the quadratic model around a point plus absolute values of the variables.</summary>
    public double[] ProximalPoint(double[] at, double[] gradient, double[] absolute)
    {
        var point = (double[])at.Clone();
        var step = new double[at.Length];
        for (int k = 0; k < outputs; k++)
        {
            int first = k * Stride;
            if (matrixOfColumns is not null)
            {
                var gram = new SquareMatrix(ColumnCount);
                matrixOfColumns.Values.CopyTo(gram.Values, 0);
                CoordinateDescent model = CoordinateDescent.OfModel(new StoredGram(gram, classCurvature[k]), at[first..(first + ColumnCount)], gradient[first..(first + ColumnCount)], absolute[first..(first + ColumnCount)], threads);
                model.SolveModel(maxSweeps: 500);
                model.At.CopyTo(point, first);
            }
            else
            {
                for (int j = 0; j < ColumnCount; j++)
                {
                    double curvature = classCurvature[k] * diagonal[j], pull = at[first + j] - gradient[first + j] / curvature;
                    point[first + j] = Math.CopySign(Math.Max(0, Math.Abs(pull) - absolute[first + j] / curvature), pull);
                }
            }

            step[first + ColumnCount] = hasIntercept ? -gradient[first + ColumnCount] / (meanCurvature * classCurvature[k]) : 0;
        }

        RemoveCommonPart(step);
        for (int k = 0; k < outputs; k++)
        {
            point[k * Stride + ColumnCount] += step[k * Stride + ColumnCount];
        }

        return point;
    }

    /// <summary>A change that is the same for all classes changes no probability: steps keep clear of it. Absolute coefficients do notice it: there it is kept from the intercepts only.</summary>
    private void RemoveCommonPart(Span<double> vector)
    {
        for (int j = isSparse ? ColumnCount : 0; j < Stride && outputs > 1; j++)
        {
            double mean = 0;
            for (int k = 0; k < outputs; k++)
            {
                mean += vector[k * Stride + j] / outputs;
            }

            for (int k = 0; k < outputs; k++)
            {
                vector[k * Stride + j] -= mean;
            }
        }
    }
}
