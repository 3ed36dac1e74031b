namespace Strata.Tensors.Backends;

public sealed unsafe partial class CpuBackend
{
    public override void Convolve(in ConvolutionGeometry geometry, float* x, float* weights, float* bias, float* y) => convolution.Forward(geometry, x, weights, bias, y);

    public override void ConvolveBackToData(in ConvolutionGeometry geometry, float* dy, float* weights, float* bias, float* dx, bool adds) =>
        convolution.DataGradient(geometry, dy, weights, bias, dx, adds);

    public override void ConvolveBackToWeights(in ConvolutionGeometry geometry, float* x, float* dy, float* dw) => convolution.WeightGradient(geometry, x, dy, dw);

    public override void SumRows(float* values, int rows, int width, float* sums) => rowSums.Run(values, rows, width, sums);
}
