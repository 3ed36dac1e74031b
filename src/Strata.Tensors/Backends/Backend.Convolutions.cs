namespace Strata.Tensors.Backends;

public abstract unsafe partial class Backend<T>
{
    /// <summary>y = x * w + bias; no bias when null.</summary>
    public abstract void Convolve(in ConvolutionGeometry geometry, T* x, T* weights, T* bias, T* y);

    /// <summary>dx = dy * w + bias, or dx += dy * w without a bias: the gradient of a convolution's data, and a transposed convolution.</summary>
    public abstract void ConvolveBackToData(in ConvolutionGeometry geometry, T* dy, T* weights, T* bias, T* dx, bool adds);

    /// <summary>dw += dy * x.</summary>
    public abstract void ConvolveBackToWeights(in ConvolutionGeometry geometry, T* x, T* dy, T* dw);

    /// <summary>sums += the sum of all rows.</summary>
    public abstract void SumRows(T* values, int rows, int width, T* sums);
}
