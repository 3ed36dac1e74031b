using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Vectors;

/// <summary>One or several sums of kernels with the same support vectors, one sum a pair of classes or one for a number.</summary>
internal sealed class VectorMachine
{
    private const int ChunkRows = 64;
    private readonly KernelFunction kernel;
    private readonly double[] center, vectors, coefficients, intercepts;
    private readonly KernelPoints points;
    private readonly int[] used;

    /// <param name="kernel">The kernel.</param>
    /// <param name="center">Taken from every row.</param>
    /// <param name="vectors">Row-major [vectors, columns], with the centre taken off.</param>
    /// <param name="coefficients">Row-major [sums, vectors].</param>
    /// <param name="intercepts">One a sum.</param>
    public VectorMachine(KernelFunction kernel, double[] center, double[] vectors, double[] coefficients, double[] intercepts)
    {
        (this.kernel, this.center, this.vectors, this.coefficients, this.intercepts) = (kernel, center, vectors, coefficients, intercepts);
        used = [.. Enumerable.Range(0, vectors.Length / Math.Max(1, center.Length))];
        points = new KernelPoints(vectors, center.Length, kernel, used);
    }

    public int VectorCount => used.Length;

    public int SumCount => intercepts.Length;

    /// <summary>Row-major [sums, vectors].</summary>
    public double[] Coefficients => coefficients;

    public double[] Intercepts => intercepts;

    /// <summary>Of the solutions, given each with the row of every coefficient.</summary>
    public static VectorMachine Of(VectorRows rows, IReadOnlyList<(int[] Places, MarginSolution Solution)> sums)
    {
        int[] chosen = [.. sums.SelectMany(sum => sum.Places.Where((_, i) => sum.Solution.Coefficients[i] != 0)).Distinct().Order()];
        var placeOf = new Dictionary<int, int>(chosen.Select((row, place) => KeyValuePair.Create(row, place)));
        var coefficients = new double[sums.Count * chosen.Length];
        for (int k = 0; k < sums.Count; k++)
        {
            for (int i = 0; i < sums[k].Places.Length; i++)
            {
                if (sums[k].Solution.Coefficients[i] != 0)
                {
                    coefficients[k * chosen.Length + placeOf[sums[k].Places[i]]] = sums[k].Solution.Coefficients[i];
                }
            }
        }

        double[] vectors = [.. chosen.SelectMany(row => rows.Points.AsSpan(row * rows.ColumnCount, rows.ColumnCount).ToArray())];
        return new VectorMachine(rows.Function, rows.Center, vectors, coefficients, [.. sums.Select(sum => sum.Solution.Intercept)]);
    }

    public static VectorMachine Read(ModelReader reader, int columns, int sums)
    {
        var kernel = reader.Get<KernelFunction>("kernel");
        double[] center = reader.Tensor<double>("center", columns), vectors = reader.Tensor<double>("vectors", -1, columns);
        double[] coefficients = reader.Tensor<double>("coefficients", sums, columns == 0 ? 0 : vectors.Length / columns), intercepts = reader.Tensor<double>("intercepts", sums);
        bool fits = Enum.IsDefined(kernel.Kind) && double.IsFinite(kernel.Gamma) && double.IsFinite(kernel.Coef0) && kernel.Degree is >= 0 and <= 64;
        return fits && center.Concat(vectors).Concat(coefficients).Concat(intercepts).All(double.IsFinite)
            ? new VectorMachine(kernel, center, vectors, coefficients, intercepts)
            : throw new ModelFileException("The support vectors in the model file have an unknown kernel or a number that is not finite.");
    }

    public void Write(ModelWriter writer)
    {
        writer.Set("kernel", kernel);
        writer.Tensor("center", center);
        writer.Tensor("vectors", vectors, VectorCount, center.Length);
        writer.Tensor("coefficients", coefficients, SumCount, VectorCount);
        writer.Tensor("intercepts", intercepts);
    }

    /// <summary>The sums inside a graph: float64 [rows, sums].</summary>
    public OnnxValue Export(OnnxTable rows)
    {
        int columns = center.Length;
        OnnxValue Turned(string name, double[] values, int lines, int width) =>
            rows.Graph.Constant(name, OnnxElement.Double, [width, lines], Enumerable.Range(0, lines * width).Select(i => values[i % lines * width + i / lines]));
        OnnxValue x = rows.Numbers() - rows.Graph.Constant("center", OnnxElement.Double, [columns], center), products = x.MatrixProduct(Turned("support_vectors", vectors, VectorCount, columns));
        OnnxValue kernels = kernel.Kind switch
        {
            Kernel.Linear => products,
            Kernel.Polynomial => (products * kernel.Gamma + kernel.Coef0).To("Pow", products.Same(kernel.Degree)),
            _ => Near((x * x).Sum(1) + rows.Graph.Constant("squares", OnnxElement.Double, [1, VectorCount], used.Select(i => KernelPoints.Square(vectors.AsSpan(i * columns, columns)))) - products * 2),
        };
        return kernels.MatrixProduct(Turned("dual_coefficients", coefficients, SumCount, VectorCount)) + rows.Graph.Constant("intercepts", OnnxElement.Double, [SumCount], intercepts);

        OnnxValue Near(OnnxValue squares) => (squares.To("Max", squares.Same(0)) * -kernel.Gamma).To("Exp");
    }

    /// <summary>Row-major [rows, sums].</summary>
    /// <exception cref="DataException">A row lies so far out that a sum is not a finite number.</exception>
    public double[] Decisions(Frame rows, int threads) => Decisions(VectorRows.PointsOf(rows, center), rows.RowCount, threads);

    /// <summary>Of points with the centre taken off.</summary>
    public double[] Decisions(double[] rowMajor, int rowCount, int threads, CancellationToken cancellation = default)
    {
        var decisions = new double[checked(rowCount * SumCount)];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
        Parallel.For(0, (rowCount + ChunkRows - 1) / ChunkRows, options, chunk =>
        {
            var row = new double[points.PaddedCount];
            for (int i = chunk * ChunkRows; i < Math.Min(rowCount, (chunk + 1) * ChunkRows); i++)
            {
                ReadOnlySpan<double> point = rowMajor.AsSpan(i * center.Length, center.Length);
                if (row.Length > 0)
                {
                    points.Row(point, KernelPoints.Square(point), 0, row);
                }

                for (int k = 0; k < SumCount; k++)
                {
                    decisions[i * SumCount + k] = intercepts[k] + VectorKernels.Dot(coefficients.AsSpan(k * VectorCount, VectorCount), row);
                }
            }
        });
        int bad = Array.FindIndex(decisions, value => !double.IsFinite(value));
        return bad < 0 ? decisions : throw new DataException($"Row {bad / SumCount + 1} lies so far out that its kernel is more than arithmetic can carry; scale the columns.");
    }
}
