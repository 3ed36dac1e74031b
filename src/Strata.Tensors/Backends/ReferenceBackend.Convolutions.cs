namespace Strata.Tensors.Backends;

public sealed unsafe partial class ReferenceBackend<T>
{
    public override void Convolve(in ConvolutionGeometry geometry, T* x, T* weights, T* bias, T* y) => PlainConvolution.Forward(geometry, x, weights, bias, y);

    public override void ConvolveBackToData(in ConvolutionGeometry geometry, T* dy, T* weights, T* bias, T* dx, bool adds) => PlainConvolution.DataGradient(geometry, dy, weights, bias, dx, adds);

    public override void ConvolveBackToWeights(in ConvolutionGeometry geometry, T* x, T* dy, T* dw) => PlainConvolution.WeightGradient(geometry, x, dy, dw);

    public override void SumRows(T* values, int rows, int width, T* sums)
    {
        for (nint i = 0; i < (nint)rows * width; i++)
        {
            sums[i % width] += values[i];
        }
    }
}
