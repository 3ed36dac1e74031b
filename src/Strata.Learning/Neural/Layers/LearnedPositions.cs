using System.Buffers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Adds to each step a row that is learned for its place (Gehring et al. 2017); steps beyond the last row share it.</summary>
internal sealed class LearnedPositions : Layer
{
    private readonly Parameter<float> weight;

    /// <param name="name">Before the name of its parameter.</param>
    /// <param name="steps">Places with a row of their own.</param>
    /// <param name="width">Numbers of a step.</param>
    /// <param name="random">Where rows start; null leaves them to be read.</param>
    public LearnedPositions(string name, int steps, int width, RandomSource? random)
    {
        weight = new Parameter<float>($"{name}.weight", new Shape(steps, width));
        weight.FillNormal(0.02, random);
    }

    public override IEnumerable<Parameter<float>> Parameters => [weight];

    public override Variable<float> Apply(Variable<float> x, Pass pass)
    {
        int steps = x.Shape[1], rows = weight.Shape[0];
        if (steps <= rows)
        {
            return x + pass.Tape.Slice(pass.Tape.Use(weight), 0, 0, steps);
        }

        int[] places = ArrayPool<int>.Shared.Rent(steps);
        for (int step = 0; step < steps; step++)
        {
            places[step] = Math.Min(step, rows - 1);
        }

        Variable<float> all = pass.Tape.Gather(pass.Tape.Use(weight), places.AsSpan(0, steps));
        ArrayPool<int>.Shared.Return(places);
        return x + all;
    }

    public override OnnxValue Export(OnnxValue x) => x + x.Graph.Weights(weight).Gather(x.Steps().Reshape(-1).To("Min", x.Graph.Wholes(weight.Shape[0] - 1))) with { Rank = 2 };
}
