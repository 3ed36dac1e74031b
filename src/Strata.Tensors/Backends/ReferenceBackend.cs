using System.Numerics;

namespace Strata.Tensors.Backends;

/// <summary>Every operation as it is written in a book, on one thread: what tests compare with.</summary>
public sealed unsafe partial class ReferenceBackend<T> : Backend<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Multiply(Matrix<T> a, Matrix<T> b, Matrix<T> c, bool adds)
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                T sum = T.Zero;
                for (int k = 0; k < a.Columns; k++)
                {
                    sum += a.First[i * a.RowStep + k * a.ColumnStep] * b.First[k * b.RowStep + j * b.ColumnStep];
                }

                T* to = c.First + i * c.RowStep + j * c.ColumnStep;
                *to = adds ? *to + sum : sum;
            }
        }
    }

    public override void Activate(Activation kind, T* x, T* y, int count)
    {
        for (int i = 0; i < count; i++)
        {
            y[i] = ScalarActivations.Of(kind, x[i]);
        }
    }

    public override void ActivateBack(Activation kind, T* x, T* y, T* dy, T* dx, int count)
    {
        for (int i = 0; i < count; i++)
        {
            dx[i] += dy[i] * ScalarActivations.Slope(kind, x[i], y[i]);
        }
    }

    public override void Convolve(in ConvolutionGeometry geometry, T* x, T* weights, T* bias, T* y) => PlainConvolution.Forward(geometry, x, weights, bias, y);

    public override void ConvolveBackToData(in ConvolutionGeometry geometry, T* dy, T* weights, T* bias, T* dx, bool adds) => PlainConvolution.DataGradient(geometry, dy, weights, bias, dx, adds);

    public override void ConvolveBackToWeights(in ConvolutionGeometry geometry, T* x, T* dy, T* dw) => PlainConvolution.WeightGradient(geometry, x, dy, dw);

    public override void MaxPool(in ConvolutionGeometry geometry, T* x, T* y, int* chosen) => PlainPooling.Max(geometry, x, y, chosen);

    public override void MaxPoolBack(in ConvolutionGeometry geometry, T* dy, int* chosen, T* dx, bool adds) => PlainPooling.MaxBack(geometry, dy, chosen, dx, adds);

    public override void MeanPool(in ConvolutionGeometry geometry, T* x, T* y, bool countsPadding) => PlainPooling.Mean(geometry, x, y, countsPadding);

    public override void MeanPoolBack(in ConvolutionGeometry geometry, T* dy, T* dx, bool countsPadding, bool adds) => PlainPooling.MeanBack(geometry, dy, dx, countsPadding, adds);

    public override void MaxSteps(in StepSpan span, T* x, T* y, int* chosen) => PlainPooling.MaxSteps(span, x, y, chosen);

    public override void MaxStepsBack(in StepSpan span, T* dy, int* chosen, T* dx, bool adds) => PlainPooling.MaxStepsBack(span, dy, chosen, dx, adds);

    public override void MeanSteps(in StepSpan span, T* x, T* y) => PlainPooling.MeanSteps(span, x, y);

    public override void MeanStepsBack(in StepSpan span, T* dy, T* dx, bool adds) => PlainPooling.MeanStepsBack(span, dy, dx, adds);

    public override void SumRows(T* values, int rows, int width, T* sums)
    {
        for (nint i = 0; i < (nint)rows * width; i++)
        {
            sums[i % width] += values[i];
        }
    }
}
