namespace Strata.Tensors.Kernels.Products;

/// <summary>A matrix in memory that somebody else holds: element (i, j) is at <c>i * RowStep + j * ColumnStep</c>.</summary>
/// <param name="First">Element (0, 0).</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Columns">How many columns.</param>
/// <param name="RowStep">Numbers from one row to the next.</param>
/// <param name="ColumnStep">Numbers from one column to the next.</param>
public readonly unsafe record struct MatrixView(nint First, int Rows, int Columns, nint RowStep, nint ColumnStep)
{
    public MatrixView(float* first, int rows, int columns)
        : this((nint)first, rows, columns, columns, 1)
    {
    }

    public float* Pointer => (float*)First;

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    public MatrixView Transposed => new(First, Columns, Rows, ColumnStep, RowStep);

    /// <summary>The rows and columns from one place on.</summary>
    public MatrixView Part(int row, int column, int rows, int columns) => new((nint)(Pointer + row * RowStep + column * ColumnStep), rows, columns, RowStep, ColumnStep);
}
