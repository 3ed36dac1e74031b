using System.Numerics;

namespace Strata.Tensors.Backends;

/// <summary>A matrix of a backend's numbers: element (i, j) is at <c>i * RowStep + j * ColumnStep</c>.</summary>
public readonly unsafe struct Matrix<T>(T* first, int rows, int columns, nint rowStep, nint columnStep)
    where T : unmanaged
{
    public Matrix(T* first, int rows, int columns)
        : this(first, rows, columns, columns, 1)
    {
    }

    public T* First { get; } = first;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public nint RowStep { get; } = rowStep;

    public nint ColumnStep { get; } = columnStep;

    public Matrix<T> Transposed => new(First, Columns, Rows, ColumnStep, RowStep);
}

/// <summary>
/// The coarse operations that rules are made of, on memory that the caller holds. <see cref="ReferenceBackend{T}"/> is the plain form that others must agree with.
/// </summary>
public abstract unsafe partial class Backend<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>c = a b, or c += a b.</summary>
    public abstract void Multiply(Matrix<T> a, Matrix<T> b, Matrix<T> c, bool adds);

    /// <summary>y = f(x).</summary>
    public abstract void Activate(Activation kind, T* x, T* y, int count);

    /// <summary>dx += dy f'(x), where y = f(x).</summary>
    public abstract void ActivateBack(Activation kind, T* x, T* y, T* dy, T* dx, int count);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
