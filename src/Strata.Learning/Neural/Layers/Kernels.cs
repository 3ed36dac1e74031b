using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>
/// The parameters of a convolution: kernels, and a bias unless a normalisation follows. Both start uniform within 1 / sqrt(weights of an output), as in PyTorch. Kernels may be learned as
/// direction and length (Salimans and Kingma 2016), under the names of PyTorch's <c>weight_norm</c>.
/// </summary>
internal sealed class Kernels
{
    /// <param name="name">Before the names of the parameters.</param>
    /// <param name="shape">Of the kernels.</param>
    /// <param name="outputs">Numbers of the bias; 0 for none.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="hasLengths">Whether the kernels' lengths are learned apart from their directions.</param>
    public Kernels(string name, Shape shape, int outputs, RandomSource? random, bool hasLengths = false)
    {
        Weight = new Parameter<float>(hasLengths ? $"{name}.weight_v" : $"{name}.weight", shape);
        Lengths = hasLengths ? new Parameter<float>($"{name}.weight_g", new Shape(shape[0])) : null;
        Bias = outputs > 0 ? new Parameter<float>($"{name}.bias", new Shape(outputs)) : null;
        if (random is not null)
        {
            int inputs = shape.Count / Math.Max(1, shape[0]);
            Weight.FillUniform(inputs, random);
            Bias?.FillUniform(inputs, random);
            for (int kernel = 0; Lengths is not null && kernel < shape[0]; kernel++)
            {
                Lengths.Values[kernel] = LengthOf(kernel);
            }
        }
    }

    /// <summary>The kernels, or where lengths are learned their directions.</summary>
    public Parameter<float> Weight { get; }

    /// <summary>A number for each kernel; null where kernels have the length that they have.</summary>
    public Parameter<float>? Lengths { get; }

    public Parameter<float>? Bias { get; }

    public IEnumerable<Parameter<float>> All => new[] { Lengths, Weight, Bias }.OfType<Parameter<float>>();

    public Variable<float> Use(Pass pass) => Lengths is null ? pass.Tape.Use(Weight) : pass.Tape.WeightNorm(pass.Tape.Use(Weight), pass.Tape.Use(Lengths));

    public Variable<float>? UseBias(Pass pass) => Bias is null ? null : pass.Tape.Use(Bias);

    /// <summary>The kernels that convolve, one after the other.</summary>
    public double[] Numbers()
    {
        double[] numbers = Weight.Numbers();
        int size = numbers.Length / Math.Max(1, Weight.Shape[0]);
        for (int i = 0; Lengths is not null && i < numbers.Length; i++)
        {
            numbers[i] *= (double)Lengths.Values[i / size] / LengthOf(i / size);
        }

        return numbers;
    }

    private float LengthOf(int kernel)
    {
        int size = Weight.Shape.Count / Weight.Shape[0];
        double squares = 0;
        foreach (float value in Weight.Values.Slice(kernel * size, size))
        {
            squares += (double)value * value;
        }

        return (float)Math.Sqrt(squares);
    }
}
