using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

public sealed unsafe partial class Tape<T>
{
    /// <summary>Windows of a series, each times every kernel.</summary>
    /// <param name="x">[batch, steps, channels].</param>
    /// <param name="weight">[outputs, taps, channels / groups]: PyTorch's with its last two dimensions exchanged.</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="sliding">How windows go along the steps.</param>
    /// <param name="groups">Parts of the channels that see only their own part of the kernels.</param>
    /// <returns>[batch, windows, outputs].</returns>
    public Variable<T> Convolve(Variable<T> x, Variable<T> weight, Variable<T>? bias = null, Sliding sliding = default, int groups = 1)
    {
        Require(x.Shape.Dimensions == 3 && weight.Shape.Dimensions == 3, $"A series [batch, steps, channels] and kernels [outputs, taps, channels] are needed, not {x.Shape} and {weight.Shape}.");
        ConvolutionGeometry g = Checked(x.Shape, weight.Shape, bias, new ConvolutionGeometry(
            x.Shape[0], 1, x.Shape[1], x.Shape[2], weight.Shape[0], 1, weight.Shape[1], groups, default, sliding));
        return Convolve(g, x, weight, bias, new Shape(g.Batch, g.OutWidth, g.Outputs));
    }

    /// <summary>Windows of images, each times every kernel.</summary>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="weight">[outputs, taps down, taps across, channels / groups]: PyTorch's with its second dimension put last.</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="down">How windows go along the height.</param>
    /// <param name="across">How windows go along the width.</param>
    /// <param name="groups">Parts of the channels that see only their own part of the kernels.</param>
    /// <returns>[batch, windows down, windows across, outputs].</returns>
    public Variable<T> Convolve(Variable<T> x, Variable<T> weight, Variable<T>? bias, Sliding down, Sliding across, int groups = 1)
    {
        Require(x.Shape.Dimensions == 4 && weight.Shape.Dimensions == 4, $"Images [batch, height, width, channels] and kernels [outputs, height, width, channels] are needed, not {x.Shape} and {weight.Shape}.");
        ConvolutionGeometry g = Checked(x.Shape, weight.Shape, bias, new ConvolutionGeometry(
            x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3], weight.Shape[0], weight.Shape[1], weight.Shape[2], groups, down, across));
        return Convolve(g, x, weight, bias, new Shape(g.Batch, g.OutHeight, g.OutWidth, g.Outputs));
    }

    /// <summary>A series made longer: each step spreads every kernel over the steps that a convolution's window would have seen (Zeiler et al. 2010).</summary>
    /// <param name="x">[batch, steps, channels].</param>
    /// <param name="weight">[channels, taps, outputs / groups]: PyTorch's with its last two dimensions exchanged.</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="sliding">How the windows of the convolution from the result back to x go.</param>
    /// <param name="groups">Parts of the channels that see only their own part of the kernels.</param>
    /// <param name="further">Steps at the end that the convolution's stride would have left out.</param>
    /// <returns>[batch, (steps - 1) stride + (taps - 1) dilation + 1 - padding + further, outputs].</returns>
    public Variable<T> ConvolveTransposed(Variable<T> x, Variable<T> weight, Variable<T>? bias = null, Sliding sliding = default, int groups = 1, int further = 0)
    {
        Require(x.Shape.Dimensions == 3 && weight.Shape.Dimensions == 3, $"A series [batch, steps, channels] and kernels [channels, taps, outputs] are needed, not {x.Shape} and {weight.Shape}.");
        int steps = Spread(x.Shape[1], weight.Shape[1], sliding, further), outputs = weight.Shape[2] * groups;
        var g = new ConvolutionGeometry(x.Shape[0], 1, steps, outputs, x.Shape[2], 1, weight.Shape[1], groups, default, sliding);
        return ConvolveTransposed(g, x, weight, bias, new Shape(g.Batch, steps, outputs));
    }

    /// <summary>Images made larger: each place spreads every kernel over the places that a convolution's window would have seen (Zeiler et al. 2010).</summary>
    /// <param name="x">[batch, height, width, channels].</param>
    /// <param name="weight">[channels, taps down, taps across, outputs / groups]: PyTorch's with its second dimension put last.</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="down">How the windows of the convolution from the result back to x go along the height.</param>
    /// <param name="across">The same along the width.</param>
    /// <param name="groups">Parts of the channels that see only their own part of the kernels.</param>
    /// <param name="further">Rows and columns at the end that the convolution's stride would have left out.</param>
    public Variable<T> ConvolveTransposed(Variable<T> x, Variable<T> weight, Variable<T>? bias, Sliding down, Sliding across, int groups = 1, int further = 0)
    {
        Require(x.Shape.Dimensions == 4 && weight.Shape.Dimensions == 4, $"Images [batch, height, width, channels] and kernels [channels, height, width, outputs] are needed, not {x.Shape} and {weight.Shape}.");
        int height = Spread(x.Shape[1], weight.Shape[1], down, further), width = Spread(x.Shape[2], weight.Shape[2], across, further), outputs = weight.Shape[3] * groups;
        var g = new ConvolutionGeometry(x.Shape[0], height, width, outputs, x.Shape[3], weight.Shape[1], weight.Shape[2], groups, down, across);
        return ConvolveTransposed(g, x, weight, bias, new Shape(g.Batch, height, width, outputs));
    }

    /// <summary>Each channel of each row of the batch is zero with this chance over all places, and else divided by the chance to stay (Tompson et al. 2015).</summary>
    /// <param name="x">[batch, .., channels].</param>
    /// <param name="rate">At least 0 and below 1; 0 changes nothing.</param>
    /// <param name="random">Where chance comes from.</param>
    public Variable<T> DropoutChannels(Variable<T> x, double rate, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require(rate is >= 0 and < 1, $"A dropout rate is at least 0 and below 1, not {rate}.");
        int batch = x.Shape[0], channels = x.Shape.Width, places = batch == 0 ? 0 : x.Shape.Count / batch / Math.Max(1, channels);
        if (rate == 0 || places == 0)
        {
            return x;
        }

        T* mask = Take<T>(x.Shape.Count);
        T factor = T.CreateTruncating(1 / (1 - rate));
        for (int row = 0; row < batch; row++)
        {
            var first = new Span<T>(mask + (nint)row * places * channels, channels);
            for (int c = 0; c < channels; c++)
            {
                first[c] = random.NextDouble() < rate ? T.Zero : factor;
            }

            for (int place = 1; place < places; place++)
            {
                first.CopyTo(new Span<T>(mask + ((nint)row * places + place) * channels, channels));
            }
        }

        return Record(MaskRule<T>.Instance, x.Shape, [x], kept: mask);
    }

    private static int Spread(int windows, int taps, Sliding sliding, int further)
    {
        int length = (windows - 1) * sliding.Stride + (taps - 1) * sliding.Dilation + 1 - sliding.Before - sliding.After + further;
        Require(length > 0 && further >= 0 && further < Math.Max(sliding.Stride, sliding.Dilation), $"{windows} windows of {taps} taps under {sliding} and {further} further places have no place to go.");
        return length;
    }

    private static ConvolutionGeometry Checked(Shape x, Shape weight, Variable<T>? bias, ConvolutionGeometry g)
    {
        Require(g.Groups > 0 && g.Channels % g.Groups == 0 && g.Outputs % g.Groups == 0, $"{g.Channels} channels and {g.Outputs} outputs cannot be split into {g.Groups} groups.");
        Require(weight.Width == g.GroupChannels, $"Kernels {weight} do not take {g.GroupChannels} of the channels of {x}.");
        Require(g.Outputs > 0 && g.KernelLength > 0 && g.OutHeight > 0 && g.OutWidth > 0, $"No window of kernels {weight} fits into {x}, with {g.Rows.Before + g.Rows.After} rows and {g.Columns.Before + g.Columns.After} columns of padding.");
        RequireBias(bias, g.Outputs);
        return g;
    }

    private static void RequireBias(Variable<T>? bias, int outputs) => Require(bias is null || bias.Value.Shape == new Shape(outputs), $"A bias of shape {bias?.Shape} does not fit {outputs} outputs.");

    private Variable<T> Convolve(in ConvolutionGeometry g, Variable<T> x, Variable<T> weight, Variable<T>? bias, Shape shape) =>
        Record(ConvolutionRule<T>.Instance, shape, x, weight, bias, g);

    private Variable<T> ConvolveTransposed(in ConvolutionGeometry g, Variable<T> x, Variable<T> weight, Variable<T>? bias, Shape shape)
    {
        Require(g.Groups > 0 && x.Shape.Width % g.Groups == 0 && weight.Shape[0] == x.Shape.Width, $"Kernels {weight.Shape} do not take {x.Shape} in {g.Groups} groups.");
        Require((g.OutHeight, g.OutWidth) == (x.Shape.Dimensions == 3 ? 1 : x.Shape[1], x.Shape[^2]), $"Kernels {weight.Shape} lead from {shape} to [{g.OutHeight}, {g.OutWidth}] places, not back to {x.Shape}.");
        RequireBias(bias, g.Channels);
        return Record(TransposedConvolutionRule<T>.Instance, shape, x, weight, bias, g);
    }

    private Variable<T> Record(Rule<T> rule, Shape shape, Variable<T> x, Variable<T> weight, Variable<T>? bias, in ConvolutionGeometry g)
    {
        ConvolutionGeometry* kept = Take<ConvolutionGeometry>(1);
        *kept = g;
        return bias is Variable<T> b ? Record(rule, shape, [x, weight, b], kept: kept) : Record(rule, shape, [x, weight], kept: kept);
    }
}
