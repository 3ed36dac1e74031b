using System.Collections.Concurrent;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// The penalised mean log loss of a linear model: F = (1/W) [sum of w_i l_i + 1/(2C) |beta|²], W the sum of the weights, the intercepts free of penalty.
/// Its variables belong to standardised columns: for output k the p values u_kj and then the intercept there; beta_kj = u_kj / s_j and
/// b_k = u_kp - sum_j m_j beta_kj belong to the columns as they are.
/// </summary>
internal sealed class LogisticObjective : IObjective
{
    private readonly DesignMatrix matrix;
    private readonly int[] codes;
    private readonly double[]? weights;
    private readonly double[] truth;
    private readonly Standardization scaling;
    private readonly int classCount;
    private readonly bool hasIntercept;
    private readonly double penalty;
    private readonly bool isSparse;
    private readonly ParallelOptions threads;
    private readonly RowChunks chunks;
    private readonly ConcurrentBag<Scratch> scratches = [];
    private readonly double[][] partial;
    private readonly LogisticCurvature curvature;

    /// <param name="matrix">The columns.</param>
    /// <param name="codes">The class of each row.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="weights">Weight of each row, or null for one each.</param>
    /// <param name="scaling">Of the same columns and weights.</param>
    /// <param name="hasIntercept">Whether there is an intercept.</param>
    /// <param name="penalty">1/(C W), W being the weight of all training rows.</param>
    /// <param name="isSparse">Whether somebody adds absolute coefficients to it.</param>
    /// <param name="threads">Who shares the work; the values are the same for any number of them.</param>
    public LogisticObjective(DesignMatrix matrix, int[] codes, int classCount, double[]? weights, Standardization scaling, bool hasIntercept, double penalty, bool isSparse, ParallelOptions threads)
    {
        (this.matrix, this.codes, this.weights, this.scaling, this.hasIntercept, this.threads) = (matrix, codes, weights, scaling, hasIntercept, threads);
        (this.classCount, this.penalty, this.isSparse) = (classCount, penalty, isSparse);
        Outputs = classCount == 2 ? 1 : classCount;
        truth = Outputs == 1 ? Array.ConvertAll(codes, code => (double)code) : [];
        chunks = RowChunks.Of(matrix);
        partial = [.. Enumerable.Range(0, chunks.Count).Select(_ => new double[Size])];
        curvature = new LogisticCurvature(matrix, Outputs, weights, scaling, hasIntercept, penalty, isSparse, threads);
    }

    /// <summary>The same function of the same variables on other rows.</summary>
    public LogisticObjective OnOtherRows(DesignMatrix rows, int[] classes, double[]? rowWeights) =>
        new(rows, classes, classCount, rowWeights, scaling with { TotalWeight = rowWeights?.Sum() ?? classes.Length }, hasIntercept, penalty, isSparse, threads);

    /// <summary>The function on a sample of the rows that is much smaller and still many times its columns, or null where there is none.</summary>
    public LogisticObjective? OnSample()
    {
        int every = matrix.RowCount / Math.Max(8192, 40 * ColumnCount);
        if (every < 8)
        {
            return null;
        }

        double[]? sampleWeights = weights is null ? null : matrix.Sample(weights, every);
        return sampleWeights is null || sampleWeights.Sum() > 0 ? OnOtherRows(matrix.Sample(every), matrix.Sample(codes, every), sampleWeights) : null;
    }

    public int Outputs { get; }

    public int Size => Outputs * Stride;

    /// <summary>The mean loss at the last evaluated point, without the penalty.</summary>
    public double LogLoss { get; private set; }

    private int ColumnCount => matrix.ColumnCount;

    private int Stride => ColumnCount + 1;

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
    {
        double[] coefficients = InColumnsAsTheyAre(at);
        var losses = new double[chunks.Count];
        chunks.ForEach(threads, (chunk, start, end) =>
        {
            if (!scratches.TryTake(out Scratch? scratch))
            {
                scratch = new Scratch(matrix, Outputs);
            }

            double[] sums = partial[chunk];
            Array.Clear(sums);
            for (int row = start; row < end; row += matrix.BlockRows)
            {
                losses[chunk] += AddBlock(row, Math.Min(matrix.BlockRows, end - row), coefficients, scratch, sums);
            }

            scratches.Add(scratch);
        });
        gradient.Clear();
        double loss = 0;
        for (int chunk = 0; chunk < partial.Length; chunk++)
        {
            loss += losses[chunk];
            VectorKernels.AddScaled(partial[chunk], 1, gradient);
        }

        LogLoss = loss / scaling.TotalWeight;
        return LogLoss + ToStandardColumns(coefficients, gradient);
    }

    public void EstimateCurvature(ReadOnlySpan<double> at) => curvature.Estimate(InColumnsAsTheyAre(at));

    public void Solve(Span<double> vector) => curvature.Solve(vector);

    /// <inheritdoc cref="LogisticCurvature.ProximalPoint"/>
    public double[] ProximalPoint(double[] at, double[] gradient, double[] absolute) => curvature.ProximalPoint(at, gradient, absolute);

    /// <summary>The variables in the columns as they are: for output k its p coefficients and then its intercept.</summary>
    private double[] InColumnsAsTheyAre(ReadOnlySpan<double> at)
    {
        double[] coefficients = at.ToArray();
        for (int k = 0; k < Outputs; k++)
        {
            Span<double> part = coefficients.AsSpan(k * Stride, Stride);
            for (int j = 0; j < ColumnCount; j++)
            {
                part[j] /= scaling.Spreads[j];
                part[ColumnCount] -= scaling.Means[j] * part[j];
            }
        }

        return coefficients;
    }

    /// <summary>Coefficients [outputs, columns] and intercepts [outputs] of the columns as they are.</summary>
    public (double[] Coefficients, double[] Intercepts) Split(ReadOnlySpan<double> at)
    {
        double[] both = InColumnsAsTheyAre(at);
        var coefficients = new double[Outputs * ColumnCount];
        var intercepts = new double[Outputs];
        for (int k = 0; k < Outputs; k++)
        {
            both.AsSpan(k * Stride, ColumnCount).CopyTo(coefficients.AsSpan(k * ColumnCount));
            intercepts[k] = both[k * Stride + ColumnCount];
        }

        return (coefficients, intercepts);
    }

    /// <summary>No column matters, and the intercepts give the classes' shares of the weight (a thousandth of all added to each, for absent ones).</summary>
    public double[] Start()
    {
        var start = new double[Size];
        if (hasIntercept)
        {
            var shares = new double[Outputs == 1 ? 2 : Outputs];
            Array.Fill(shares, 1e-3 * scaling.TotalWeight);
            for (int row = 0; row < codes.Length; row++)
            {
                shares[codes[row]] += weights?[row] ?? 1;
            }

            for (int k = 0; k < Outputs; k++)
            {
                start[k * Stride + ColumnCount] = Outputs == 1 ? Math.Log(shares[1] / shares[0]) : Math.Log(shares[k]) - shares.Average(Math.Log);
            }
        }

        return start;
    }

    private double AddBlock(int start, int count, double[] coefficients, Scratch scratch, double[] sums)
    {
        matrix.Read(start, count, scratch.Block);
        int padded = (count + 7) & ~7;
        Score(scratch, coefficients, padded);
        scratch.Weights.AsSpan(0, padded).Clear();
        Span<double> weight = scratch.Weights.AsSpan(0, count);
        if (weights is null)
        {
            weight.Fill(1);
        }
        else
        {
            weights.AsSpan(start, count).CopyTo(weight);
        }

        double loss;
        if (Outputs == 1)
        {
            scratch.Truth.AsSpan(0, padded).Clear();
            truth.AsSpan(start, count).CopyTo(scratch.Truth);
            loss = LogisticLoss.Binary(scratch.Scores.AsSpan(0, padded), scratch.Truth, scratch.Weights);
        }
        else
        {
            loss = LogisticLoss.Multiclass(scratch.Scores.AsSpan(0, Outputs * padded), padded, codes.AsSpan(start, count), scratch.Weights);
        }

        for (int k = 0; k < Outputs; k++)
        {
            ReadOnlySpan<double> derivatives = scratch.Scores.AsSpan(k * padded, count);
            Span<double> part = sums.AsSpan(k * Stride, Stride);
            LinearKernels.AddProducts(scratch.Block, derivatives, part[..ColumnCount]);
            foreach (double derivative in derivatives)
            {
                part[ColumnCount] += derivative;
            }
        }

        return loss;
    }

    /// <summary>Writes the scores of the block, output by output, <paramref name="padded"/> places each; places beyond the block's rows are 0.</summary>
    private void Score(Scratch scratch, double[] coefficients, int padded)
    {
        for (int k = 0; k < Outputs; k++)
        {
            Span<double> z = scratch.Scores.AsSpan(k * padded, padded);
            z.Clear();
            z[..scratch.Block.Count].Fill(coefficients[k * Stride + ColumnCount]);
            LinearKernels.AddScores(scratch.Block, coefficients.AsSpan(k * Stride, ColumnCount), z);
        }
    }

    /// <summary>Turns sums of derivatives by the columns as they are into the gradient, and returns the penalty.</summary>
    private double ToStandardColumns(double[] coefficients, Span<double> gradient)
    {
        double squares = 0;
        for (int k = 0; k < Outputs; k++)
        {
            Span<double> part = gradient.Slice(k * Stride, Stride);
            double free = part[ColumnCount];
            for (int j = 0; j < ColumnCount; j++)
            {
                double coefficient = coefficients[k * Stride + j];
                double slope = (part[j] - scaling.Means[j] * free) / scaling.TotalWeight;
                part[j] = (slope + penalty * coefficient) / scaling.Spreads[j];
                squares += coefficient * coefficient;
            }

            part[ColumnCount] = hasIntercept ? free / scaling.TotalWeight : 0;
        }

        return penalty / 2 * squares;
    }

    /// <summary>The memory of one thread.</summary>
    private sealed class Scratch(DesignMatrix matrix, int outputs)
    {
        public DesignBlock Block { get; } = new(matrix.ColumnCount);

        public double[] Scores { get; } = new double[outputs * matrix.BlockRows];

        public double[] Weights { get; } = new double[matrix.BlockRows];

        public double[] Truth { get; } = new double[matrix.BlockRows];
    }
}
