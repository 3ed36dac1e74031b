using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Adds to each step a row that is learned for its place (Gehring et al. 2017); series have at most as many steps as there are rows.</summary>
internal sealed class LearnedPositions : Layer
{
    private readonly Parameter<float> weight;

    /// <param name="name">Before the name of its parameter.</param>
    /// <param name="steps">Of the longest series.</param>
    /// <param name="width">Numbers of a step.</param>
    /// <param name="random">Where rows start; null leaves them to be read.</param>
    public LearnedPositions(string name, int steps, int width, RandomSource? random)
    {
        weight = new Parameter<float>($"{name}.weight", new Shape(steps, width));
        weight.FillNormal(0.02, random);
    }

    public override IEnumerable<Parameter<float>> Parameters => [weight];

    public override Variable<float> Apply(Variable<float> x, Pass pass) => x + pass.Tape.Slice(pass.Tape.Use(weight), 0, 0, x.Shape[1]);

    public override OnnxValue Export(OnnxValue x) => x + x.Graph.Weights(weight).Gather(x.Steps().Reshape(-1)) with { Rank = 2 };
}
