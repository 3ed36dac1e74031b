using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>y = x W^T + b. Weights and bias start uniform within 1 / sqrt(in), as PyTorch's linear layer does.</summary>
internal sealed class Dense : Layer
{
    private readonly Parameter<float> weight;
    private readonly Parameter<float>? bias;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="width">Numbers of a row that comes in.</param>
    /// <param name="outputs">Numbers of a row that goes out.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="hasBias">False where a normalisation follows.</param>
    public Dense(string name, int width, int outputs, RandomSource? random, bool hasBias = true)
    {
        weight = new Parameter<float>($"{name}.weight", new Shape(outputs, width));
        bias = hasBias ? new Parameter<float>($"{name}.bias", new Shape(outputs)) : null;
        if (random is not null)
        {
            weight.FillUniform(width, random);
            bias?.FillUniform(width, random);
        }
    }

    public override IEnumerable<Parameter<float>> Parameters => bias is null ? [weight] : [weight, bias];

    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.Linear(x, pass.Tape.Use(weight), bias is null ? null : pass.Tape.Use(bias));

    public override OnnxValue Export(OnnxValue x)
    {
        OnnxValue product = x.MatrixProduct(x.Graph.Weights(weight, transposed: true));
        return bias is null ? product : product + x.Graph.Weights(bias);
    }
}
