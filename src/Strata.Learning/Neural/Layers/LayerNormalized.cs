using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Rows brought to mean 0 and variance 1, times a gain plus a shift that are learned (Ba et al. 2016).</summary>
internal sealed class LayerNormalized : Layer
{
    private readonly Parameter<float> gain, shift;

    public LayerNormalized(string name, int width)
    {
        gain = new Parameter<float>($"{name}.weight", new Shape(width));
        shift = new Parameter<float>($"{name}.bias", new Shape(width));
        gain.Values.Fill(1);
    }

    public override IEnumerable<Parameter<float>> Parameters => [gain, shift];

    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.LayerNorm(x, pass.Tape.Use(gain), pass.Tape.Use(shift));

    public override OnnxValue Export(OnnxValue x) =>
        x.Graph.Add("LayerNormalization", x.Element, [x, x.Graph.Weights(gain), x.Graph.Weights(shift)], new OnnxAttribute("axis", -1L), new OnnxAttribute("epsilon", 1e-5f));
}
