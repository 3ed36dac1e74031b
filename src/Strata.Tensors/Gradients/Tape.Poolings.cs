using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

public sealed unsafe partial class Tape<T>
{
    /// <summary>The largest number of each window of each channel; padding is never the largest.</summary>
    /// <param name="x">[batch, steps, channels].</param>
    /// <param name="size">Steps of a window.</param>
    /// <param name="sliding">How windows go along the steps.</param>
    public Variable<T> MaxPool(Variable<T> x, int size, Sliding sliding) => Pool(Windows(x, size, sliding), x, isMax: true);

    /// <summary>The largest number of each window of each channel; padding is never the largest.</summary>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="height">Rows of a window.</param>
    /// <param name="width">Columns of a window.</param>
    /// <param name="down">How windows go along the height.</param>
    /// <param name="across">How windows go along the width.</param>
    public Variable<T> MaxPool(Variable<T> x, int height, int width, Sliding down, Sliding across) => Pool(Windows(x, height, width, down, across), x, isMax: true);

    /// <summary>The mean of each window of each channel.</summary>
    /// <param name="x">[batch, steps, channels].</param>
    /// <param name="size">Steps of a window.</param>
    /// <param name="sliding">How windows go along the steps.</param>
    /// <param name="countsPadding">Whether padding counts as zeros, as in PyTorch; else the mean is of what is there.</param>
    public Variable<T> MeanPool(Variable<T> x, int size, Sliding sliding, bool countsPadding = false) => Pool(Windows(x, size, sliding), x, isMax: false, countsPadding);

    /// <summary>The mean of each window of each channel.</summary>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="height">Rows of a window.</param>
    /// <param name="width">Columns of a window.</param>
    /// <param name="down">How windows go along the height.</param>
    /// <param name="across">How windows go along the width.</param>
    /// <param name="countsPadding">Whether padding counts as zeros, as in PyTorch; else the mean is of what is there.</param>
    public Variable<T> MeanPool(Variable<T> x, int height, int width, Sliding down, Sliding across, bool countsPadding = false) =>
        Pool(Windows(x, height, width, down, across), x, isMax: false, countsPadding);

    /// <summary>The largest number of each channel over all steps, places or points.</summary>
    /// <param name="x">[batch, .., channels].</param>
    /// <param name="lengths">The steps of each that count, at least 1; empty where all do.</param>
    /// <returns>[batch, channels].</returns>
    public Variable<T> MaxOverSteps(Variable<T> x, ReadOnlySpan<int> lengths = default) => PoolSteps(x, lengths, isMax: true);

    /// <summary>The mean of each channel over all steps, places or points.</summary>
    /// <param name="x">[batch, .., channels].</param>
    /// <param name="lengths">The steps of each that count, at least 1; empty where all do.</param>
    /// <returns>[batch, channels].</returns>
    public Variable<T> MeanOverSteps(Variable<T> x, ReadOnlySpan<int> lengths = default) => PoolSteps(x, lengths, isMax: false);

    /// <summary>Each place repeated so many times along every axis between batch and channels (nearest neighbour).</summary>
    public Variable<T> Upsample(Variable<T> x, int factor)
    {
        Require(x.Shape.Dimensions is 3 or 4 && factor > 0, $"Series or images are made larger by 1 or more, not {x.Shape} by {factor}.");
        bool isSeries = x.Shape.Dimensions == 3;
        int height = isSeries ? 1 : x.Shape[1], width = x.Shape[^2], rows = isSeries ? 1 : factor;
        Shape shape = isSeries ? new Shape(x.Shape[0], width * factor, x.Shape[2]) : new Shape(x.Shape[0], height * factor, width * factor, x.Shape[3]);
        return Record(UpsampleRule<T>.Instance, shape, [x], UpsampleRule<T>.Of(rows, factor, height, width));
    }

    /// <summary>The same with a fixed number at all steps that do not count.</summary>
    /// <param name="x">[batch, steps, channels].</param>
    /// <param name="lengths">The steps of each series that count; empty where all do.</param>
    /// <param name="number">What stands at the others.</param>
    public Variable<T> MaskSteps(Variable<T> x, ReadOnlySpan<int> lengths, double number = 0)
    {
        StepSpan span = Steps(x, lengths);
        if (span.Lengths == 0)
        {
            return x;
        }

        StepSpan* kept = Take<StepSpan>(1);
        *kept = span;
        return Record(StepMaskRule<T>.Instance, x.Shape, [x], new Settings { First = number }, kept);
    }

    private static ConvolutionGeometry Windows(Variable<T> x, int size, Sliding sliding)
    {
        Require(x.Shape.Dimensions == 3, $"A series [batch, steps, channels] is needed, not {x.Shape}.");
        return new ConvolutionGeometry(x.Shape[0], 1, x.Shape[1], x.Shape[2], x.Shape[2], 1, size, x.Shape[2], default, sliding);
    }

    private static ConvolutionGeometry Windows(Variable<T> x, int height, int width, Sliding down, Sliding across)
    {
        Require(x.Shape.Dimensions == 4, $"Images [batch, height, width, channels] are needed, not {x.Shape}.");
        return new ConvolutionGeometry(x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], x.Shape[3], height, width, x.Shape[3], down, across);
    }

    private Variable<T> Pool(in ConvolutionGeometry g, Variable<T> x, bool isMax, bool countsPadding = false)
    {
        Require(g.Channels > 0 && g.Taps > 0 && g.OutHeight > 0 && g.OutWidth > 0, $"No window of {g.KernelHeight} x {g.KernelWidth} fits into {x.Shape}.");
        Require(HoldsSomething(g.Rows, g.KernelHeight) && HoldsSomething(g.Columns, g.KernelWidth), $"Padding has to be shorter than a window, and none where windows have gaps, or windows of {g.KernelHeight} x {g.KernelWidth} can lie in it alone.");
        Shape shape = x.Shape.Dimensions == 3 ? new Shape(g.Batch, g.OutWidth, g.Channels) : new Shape(g.Batch, g.OutHeight, g.OutWidth, g.Channels);
        var memory = Take<PoolRule<T>.Memory>(1);
        *memory = new PoolRule<T>.Memory(g, isMax ? (nint)Take<int>(shape.Count) : 0, countsPadding);
        return Record(PoolRule<T>.Instance, shape, [x], kept: memory);
    }

    private static bool HoldsSomething(Sliding sliding, int size) => Math.Max(sliding.Before, sliding.After) <= (sliding.Dilation == 1 ? size - 1 : 0);

    private Variable<T> PoolSteps(Variable<T> x, ReadOnlySpan<int> lengths, bool isMax)
    {
        StepSpan span = Steps(x, lengths);
        var shape = new Shape(span.Batch, span.Width);
        var memory = Take<StepPoolRule<T>.Memory>(1);
        *memory = new StepPoolRule<T>.Memory(span, isMax ? (nint)Take<int>(shape.Count) : 0);
        return Record(StepPoolRule<T>.Instance, shape, [x], kept: memory);
    }

    /// <summary>The steps of series, or places of images, in memory of the step.</summary>
    private StepSpan Steps(Variable<T> x, ReadOnlySpan<int> lengths)
    {
        Shape shape = x.Shape;
        Require(shape.Dimensions >= 2 && shape.Width > 0 && (shape.Dimensions == 2 || shape.Count > 0), $"Steps [batch, steps, channels] are needed, not {shape}.");
        int batch = shape[0], steps = batch == 0 ? 1 : shape.Count / batch / shape.Width;
        if (lengths.IsEmpty)
        {
            return new StepSpan(batch, steps, shape.Width, 0);
        }

        Require(lengths.Length == batch, $"There are {lengths.Length} lengths for {batch} series.");
        int* own = Take<int>(batch);
        bool areWhole = true;
        for (int i = 0; i < batch; i++)
        {
            Require(lengths[i] > 0 && lengths[i] <= steps, $"Series {i} has length {lengths[i]}; lengths are from 1 to {steps}.");
            own[i] = lengths[i];
            areWhole &= lengths[i] == steps;
        }

        return new StepSpan(batch, steps, shape.Width, areWhole ? 0 : (nint)own);
    }
}
