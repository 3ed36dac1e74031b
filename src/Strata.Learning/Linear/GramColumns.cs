using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>The columns of a symmetric positive semidefinite matrix, all at hand or computed when first asked for.</summary>
internal abstract class GramColumns
{
    public abstract int Size { get; }

    public abstract double Diagonal(int column);

    public abstract ReadOnlySpan<double> Column(int column);

    /// <summary>What is left of a vector less the matrix times a point that moves, from zero on.</summary>
    public virtual GramRest RestOf(double[] products) => new(this, products);

    /// <summary>The lower triangle of the rows and columns of that number.</summary>
    public virtual SquareMatrix Among(int[] columns)
    {
        var matrix = new SquareMatrix(columns.Length);
        for (int i = 0; i < columns.Length; i++)
        {
            ReadOnlySpan<double> column = Column(columns[i]);
            for (int k = 0; k <= i; k++)
            {
                matrix[i, k] = column[columns[k]];
            }
        }

        return matrix;
    }
}

/// <summary>c - G u for a point u that moves one coordinate at a time, begun at zero.</summary>
internal class GramRest(GramColumns gram, double[] products)
{
    private readonly double[] rest = (double[])products.Clone();

    public virtual double this[int column] => rest[column];

    /// <summary>Moves a coordinate of u by so much.</summary>
    public virtual void Move(int column, double by) => VectorKernels.AddScaled(gram.Column(column), -by, rest);
}

/// <summary>A matrix that is all in memory.</summary>
internal sealed class StoredGram : GramColumns
{
    private readonly SquareMatrix matrix;

    /// <param name="lower">Its lower triangle is mirrored to the upper one.</param>
    /// <param name="factor">All elements are multiplied by it.</param>
    public StoredGram(SquareMatrix lower, double factor)
    {
        matrix = lower;
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = matrix[i, j] * factor;
                (matrix[i, j], matrix[j, i]) = (value, value);
            }
        }
    }

    public override int Size => matrix.Size;

    public override double Diagonal(int column) => matrix[column, column];

    public override ReadOnlySpan<double> Column(int column) => matrix.Row(column, Size);
}

/// <summary>
/// The mean products of standardised columns, a column of them computed from the rows when first asked for: of very many columns a sparse solution asks for few
/// (covariance updates, Friedman, Hastie and Tibshirani 2010).
/// </summary>
internal sealed class GramOnDemand(NumberRows rows) : GramColumns
{
    private readonly Dictionary<int, double[]> known = [];
    private readonly double[] diagonal = Diagonals(rows);

    public override int Size => rows.Matrix.ColumnCount;

    public override double Diagonal(int column) => diagonal[column];

    public override ReadOnlySpan<double> Column(int column)
    {
        if (!known.TryGetValue(column, out double[]? products))
        {
            products = known[column] = Products(column);
        }

        return products;
    }

    /// <summary>1, or 0 for a column that does not vary.</summary>
    private static double[] Diagonals(NumberRows rows)
    {
        var varies = new bool[rows.Matrix.ColumnCount];
        var block = new DesignBlock(varies.Length);
        for (int start = 0; start < rows.Matrix.RowCount; start += rows.Matrix.BlockRows)
        {
            rows.Matrix.Read(start, Math.Min(rows.Matrix.BlockRows, rows.Matrix.RowCount - start), block);
            for (int j = 0; j < varies.Length; j++)
            {
                double mean = rows.Scaling.Means[j];
                varies[j] |= rows.Scaling.Spreads[j] != 1 || block.Column(j).ContainsAnyExcept(mean);
            }
        }

        return [.. varies.Select(varying => varying ? 1.0 : 0)];
    }

    private double[] Products(int column)
    {
        Standardization scaling = rows.Scaling;
        var unit = new double[Size];
        unit[column] = 1 / scaling.Spreads[column];
        double mean = scaling.Means[column] / scaling.Spreads[column];
        double[] sums = ColumnSums.Of(rows.Matrix, scaling, (start, scores) =>
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = (rows.Weights?[start + i] ?? 1) * (scores[i] - mean);
            }
        }, unit, rows.Threads);
        for (int j = 0; j < sums.Length; j++)
        {
            sums[j] /= scaling.TotalWeight * scaling.Spreads[j];
        }

        return sums;
    }
}
