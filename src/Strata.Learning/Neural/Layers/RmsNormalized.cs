using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Rows divided by their root mean square, times a gain that is learned (Zhang and Sennrich 2019).</summary>
internal sealed class RmsNormalized : Layer
{
    private const double Epsilon = 1e-6;

    private readonly Parameter<float> gain;

    public RmsNormalized(string name, int width)
    {
        gain = new Parameter<float>($"{name}.weight", new Shape(width));
        gain.Values.Fill(1);
    }

    public override IEnumerable<Parameter<float>> Parameters => [gain];

    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.RmsNorm(x, pass.Tape.Use(gain), Epsilon);

    public override OnnxValue Export(OnnxValue x) => x / ((x * x).Mean(-1) + Epsilon).To("Sqrt") * x.Graph.Weights(gain);
}
