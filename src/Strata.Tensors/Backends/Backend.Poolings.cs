namespace Strata.Tensors.Backends;

public abstract unsafe partial class Backend<T>
{
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
}
