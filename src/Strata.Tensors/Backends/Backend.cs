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

    /// <summary>y = x * w + bias; no bias when null.</summary>
    public abstract void Convolve(in ConvolutionGeometry geometry, T* x, T* weights, T* bias, T* y);

    /// <summary>dx = dy * w + bias, or dx += dy * w without a bias: the gradient of a convolution's data, and a transposed convolution.</summary>
    public abstract void ConvolveBackToData(in ConvolutionGeometry geometry, T* dy, T* weights, T* bias, T* dx, bool adds);

    /// <summary>dw += dy * x.</summary>
    public abstract void ConvolveBackToWeights(in ConvolutionGeometry geometry, T* x, T* dy, T* dw);

    /// <summary>The largest number of each window of each channel and the number of its tap, the first where several are equal; NaN is larger than all.</summary>
    public abstract void MaxPool(in ConvolutionGeometry geometry, T* x, T* y, int* chosen);

    /// <summary>dx gets, or is added, dy at the chosen taps.</summary>
    public abstract void MaxPoolBack(in ConvolutionGeometry geometry, T* dy, int* chosen, T* dx, bool adds);

    /// <summary>The mean of each window of each channel; of all its taps, or of those that do not lie in the padding.</summary>
    public abstract void MeanPool(in ConvolutionGeometry geometry, T* x, T* y, bool countsPadding);

    public abstract void MeanPoolBack(in ConvolutionGeometry geometry, T* dy, T* dx, bool countsPadding, bool adds);

    /// <summary>The largest number over the steps of each series, and the step it is found at.</summary>
    public abstract void MaxSteps(in StepSpan span, T* x, T* y, int* chosen);

    public abstract void MaxStepsBack(in StepSpan span, T* dy, int* chosen, T* dx, bool adds);

    /// <summary>The mean over the steps of each series.</summary>
    public abstract void MeanSteps(in StepSpan span, T* x, T* y);

    public abstract void MeanStepsBack(in StepSpan span, T* dy, T* dx, bool adds);

    /// <summary>sums += the sum of all rows.</summary>
    public abstract void SumRows(T* values, int rows, int width, T* sums);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
