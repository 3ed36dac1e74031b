namespace Strata.Tensors.Backends;

public sealed unsafe partial class ReferenceBackend<T>
{
    public override void MaxPool(in ConvolutionGeometry geometry, T* x, T* y, int* chosen) => PlainPooling.Max(geometry, x, y, chosen);

    public override void MaxPoolBack(in ConvolutionGeometry geometry, T* dy, int* chosen, T* dx, bool adds) => PlainPooling.MaxBack(geometry, dy, chosen, dx, adds);

    public override void MeanPool(in ConvolutionGeometry geometry, T* x, T* y, bool countsPadding) => PlainPooling.Mean(geometry, x, y, countsPadding);

    public override void MeanPoolBack(in ConvolutionGeometry geometry, T* dy, T* dx, bool countsPadding, bool adds) => PlainPooling.MeanBack(geometry, dy, dx, countsPadding, adds);

    public override void MaxSteps(in StepSpan span, T* x, T* y, int* chosen) => PlainPooling.MaxSteps(span, x, y, chosen);

    public override void MaxStepsBack(in StepSpan span, T* dy, int* chosen, T* dx, bool adds) => PlainPooling.MaxStepsBack(span, dy, chosen, dx, adds);

    public override void MeanSteps(in StepSpan span, T* x, T* y) => PlainPooling.MeanSteps(span, x, y);

    public override void MeanStepsBack(in StepSpan span, T* dy, T* dx, bool adds) => PlainPooling.MeanStepsBack(span, dy, dx, adds);
}
