using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>The parameters of a convolution: kernels, and a bias unless a normalisation follows. Both start uniform within 1 / sqrt(weights of an output), as in PyTorch.</summary>
internal sealed class Kernels
{
    /// <param name="name">Before the names of the parameters.</param>
    /// <param name="shape">Of the kernels.</param>
    /// <param name="outputs">Numbers of the bias; 0 for none.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public Kernels(string name, Shape shape, int outputs, RandomSource? random)
    {
        Weight = new Parameter<float>($"{name}.weight", shape);
        Bias = outputs > 0 ? new Parameter<float>($"{name}.bias", new Shape(outputs)) : null;
        if (random is not null)
        {
            int inputs = shape.Count / Math.Max(1, shape[0]);
            Weight.FillUniform(inputs, random);
            Bias?.FillUniform(inputs, random);
        }
    }

    public Parameter<float> Weight { get; }

    public Parameter<float>? Bias { get; }

    public IEnumerable<Parameter<float>> All => Bias is null ? [Weight] : [Weight, Bias];

    public Variable<float>? UseBias(Pass pass) => Bias is null ? null : pass.Tape.Use(Bias);
}
