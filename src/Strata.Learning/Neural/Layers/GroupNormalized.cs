using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Groups of channels, over all places of a row, brought to mean 0 and variance 1, times a gain plus a shift that are learned (Wu and He 2018).</summary>
internal sealed class GroupNormalized : Layer
{
    private const double Epsilon = 1e-5;

    private readonly Parameter<float> gain, shift;
    private readonly int groups;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="groups">Parts of the channels; as many as channels for instance normalisation.</param>
    public GroupNormalized(string name, int channels, int groups)
    {
        gain = new Parameter<float>($"{name}.weight", new Shape(channels));
        shift = new Parameter<float>($"{name}.bias", new Shape(channels));
        gain.Values.Fill(1);
        this.groups = groups;
    }

    public override IEnumerable<Parameter<float>> Parameters => [gain, shift];

    public override Variable<float> Apply(Variable<float> x, Pass pass) => pass.Tape.GroupNorm(x, groups, pass.Tape.Use(gain), pass.Tape.Use(shift), Epsilon);

    public override OnnxValue Export(OnnxValue x)
    {
        OnnxValue parts = x.Reshape(0, -1, groups, gain.Shape.Count / groups), away = parts - parts.Mean(1, 3);
        OnnxValue even = (away / ((away * away).Mean(1, 3) + Epsilon).To("Sqrt")).To("Reshape", x.To("Shape", OnnxElement.Int64)) with { Rank = x.Rank };
        return even * x.Graph.Weights(gain) + x.Graph.Weights(shift);
    }
}
