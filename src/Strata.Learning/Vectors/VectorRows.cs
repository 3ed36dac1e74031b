using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Vectors;

/// <summary>The rows that a support vector machine learns from: those with weight, moved so that columns have mean zero, and the kernel that suits them.</summary>
/// <param name="Rows">The 0-based rows of the table that have weight.</param>
/// <param name="Points">Row-major [rows, columns].</param>
/// <param name="Weights">One a row.</param>
/// <param name="Center">What was taken from each column; zeros for kernels that are not of distances.</param>
/// <param name="Function">The kernel with its numbers.</param>
internal sealed record VectorRows(int[] Rows, double[] Points, double[] Weights, double[] Center, KernelFunction Function)
{
    private const string Learner = "a support vector machine";

    public int ColumnCount => Center.Length;

    public int Count => Rows.Length;

    /// <param name="table">Complete numbers.</param>
    /// <param name="weights">What errors of each row cost, or null for one each.</param>
    /// <param name="settings">Of the kernel; without a gamma it is 1 / (columns times variance of all numbers), scikit-learn's <c>scale</c>, but rows count by their weight.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static VectorRows Of(TrainingTable table, double[]? weights, (Kernel Kind, double? Gamma, int Degree, double Coef0) settings, FitContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        table.RequireSomethingToLearn();
        CompleteNumbers.Check(table.Features, Learner, context.ParallelOptions);
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => weights is null || weights[row] > 0)];
        double[] points = CompleteNumbers.RowMajor(rows.Length == table.RowCount ? table.Features : table.Features.Take(rows));
        double[] own = [.. rows.Select(row => weights?[row] ?? 1)];
        int columns = table.Features.ColumnCount;
        double[] counted = [.. rows.Select(row => table.Weights?[row] ?? 1)];
        context.Cancellation.ThrowIfCancellationRequested();
        double gamma = settings.Gamma ?? ScaleGamma(points, counted, columns);
        var center = new double[columns];
        if (settings.Kind == Kernel.Rbf)
        {
            // Distances are the same from anywhere; from near the rows they lose no digits.
            center = Means(points, counted, columns);
            Move(points, center);
        }

        return new VectorRows(rows, points, own, center, new KernelFunction(settings.Kind, gamma, settings.Degree, settings.Coef0));
    }

    /// <summary>The numbers of rows to predict, moved as the training rows were.</summary>
    public static double[] PointsOf(Frame rows, double[] center)
    {
        CompleteNumbers.Check(rows, Learner, new ParallelOptions());
        double[] points = CompleteNumbers.RowMajor(rows);
        Move(points, center);
        return points;
    }

    /// <exception cref="DataException">A kernel value is not a finite number.</exception>
    public void CheckKernel()
    {
        var all = new KernelPoints(Points, ColumnCount, Function);
        double largest = Enumerable.Range(0, Count).Max(i => Math.Abs(all.Diagonal(i)));
        if (!(largest <= float.MaxValue / 4))
        {
            throw new DataException($"The kernel of a row with itself is {largest}, more than arithmetic can carry; scale the columns before, or take a smaller gamma or degree.");
        }
    }

    private static double[] Means(double[] points, double[] weights, int columns)
    {
        var means = new double[columns];
        double total = weights.Sum();
        for (int row = 0; row < weights.Length; row++)
        {
            VectorKernels.AddScaled(points.AsSpan(row * columns, columns), weights[row] / total, means);
        }

        return means;
    }

    private static void Move(double[] points, double[] center)
    {
        for (int start = 0; start < points.Length; start += center.Length)
        {
            VectorKernels.AddScaled(center, -1, points.AsSpan(start, center.Length));
        }
    }

    private static double ScaleGamma(double[] points, double[] weights, int columns)
    {
        double total = weights.Sum() * columns, mean = 0, square = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            double share = weights[row] / total;
            foreach (double value in points.AsSpan(row * columns, columns))
            {
                mean += share * value;
            }
        }

        for (int row = 0; row < weights.Length; row++)
        {
            double share = weights[row] / total;
            foreach (double value in points.AsSpan(row * columns, columns))
            {
                square += share * (value - mean) * (value - mean);
            }
        }

        return square > 0 && double.IsFinite(1 / (columns * square)) ? 1 / (columns * square) : 1;
    }
}
