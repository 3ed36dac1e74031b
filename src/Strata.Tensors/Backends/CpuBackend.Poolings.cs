namespace Strata.Tensors.Backends;

public sealed unsafe partial class CpuBackend
{
    public override void MaxPool(in ConvolutionGeometry geometry, float* x, float* y, int* chosen) => pooling.Max(geometry, x, y, chosen);

    public override void MaxPoolBack(in ConvolutionGeometry geometry, float* dy, int* chosen, float* dx, bool adds) => pooling.MaxBack(geometry, dy, chosen, dx, adds);

    public override void MeanPool(in ConvolutionGeometry geometry, float* x, float* y, bool countsPadding) => pooling.Mean(geometry, x, y, countsPadding);

    public override void MeanPoolBack(in ConvolutionGeometry geometry, float* dy, float* dx, bool countsPadding, bool adds) => pooling.MeanBack(geometry, dy, dx, countsPadding, adds);

    public override void MaxSteps(in StepSpan span, float* x, float* y, int* chosen) => pooling.MaxSteps(span, x, y, chosen);

    public override void MaxStepsBack(in StepSpan span, float* dy, int* chosen, float* dx, bool adds) => pooling.MaxStepsBack(span, dy, chosen, dx, adds);

    public override void MeanSteps(in StepSpan span, float* x, float* y) => pooling.MeanSteps(span, x, y);

    public override void MeanStepsBack(in StepSpan span, float* dy, float* dx, bool adds) => pooling.MeanStepsBack(span, dy, dx, adds);
}
