using Strata.Learning.Neural.Layers;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Bench.Steps;

/// <summary>Recurrent networks and a transformer.</summary>
internal static class SequenceNetworks
{
    private const int Batch = 64, Steps = 100, Channels = 64, Hidden = 128, Width = 128;

    public static StepNetwork[] All =>
    [
        new("lstm", [Batch, Steps, Channels], 10, random => new LastStates(new Recurrent("layer", RecurrentCell.Lstm, Channels, Hidden, random), new Dense("head", Hidden, 10, random))),
        new("gru", [Batch, Steps, Channels], 10, random => new LastStates(new Recurrent("layer", RecurrentCell.Gru, Channels, Hidden, random), new Dense("head", Hidden, 10, random))),
        new("transformer", [32, 128, Width], 10, random => new MeanOfSteps(
            new TransformerEncoder("blocks", 4, new TransformerSettings(Width, 4, 4 * Width) { Activation = Activation.Gelu, NormalizesFirst = true }, random), new Dense("head", Width, 10, random))),
    ];

    private sealed class LastStates(Recurrent below, Dense head) : Layer
    {
        public override IEnumerable<Parameter<float>> Parameters => below.Parameters.Concat(head.Parameters);

        public override Variable<float> Apply(Variable<float> x, Pass pass) => head.Apply(below.Last(below.Apply(x, pass), []), pass);
    }

    private sealed class MeanOfSteps(Layer below, Dense head) : Layer
    {
        public override IEnumerable<Parameter<float>> Parameters => below.Parameters.Concat(head.Parameters);

        public override Variable<float> Apply(Variable<float> x, Pass pass) => head.Apply(pass.Tape.MeanOverSteps(below.Apply(x, pass)), pass);
    }
}
