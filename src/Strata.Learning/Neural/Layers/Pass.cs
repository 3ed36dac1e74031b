using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>One pass through a network: the tape it is recorded on, whether it learns, and where chance comes from while it does.</summary>
/// <param name="Tape">Takes the operations.</param>
/// <param name="Random">The chance of dropout; null while predicting.</param>
internal readonly record struct Pass(Tape<float> Tape, RandomSource? Random)
{
    public bool IsTraining => Random is not null;

    /// <summary>While predicting: which numbers dropout leaves out, so that several passes are several networks; null for none.</summary>
    public ThinnedNetwork? Thinned { get; init; }

    /// <summary>Takes the encoded inputs in the order in which they go in, where gradients with respect to them are asked for; null where not.</summary>
    public List<Variable<float>>? Inputs { get; init; }

    /// <summary>Takes what layers want to be small besides the loss; null where nothing is learned from it.</summary>
    public Penalties? Penalties { get; init; }

    /// <summary>Whether a part is computed again on the way back: what it remembers it remembered the first time.</summary>
    public bool IsAgain { get; init; }

    /// <summary>Encoded numbers as they go in.</summary>
    public Variable<float> Input(ReadOnlySpan<float> values, Shape shape)
    {
        Variable<float> input = Tape.Constant(values, shape, needsGradient: Inputs is not null);
        Inputs?.Add(input);
        return input;
    }

    /// <summary>Numbers left out by chance: while learning, or as a thinned network has it.</summary>
    public Variable<float> Dropout(Variable<float> x, double rate) =>
        Random is not null ? Tape.Dropout(x, rate, Random) : Thinned is not null && rate > 0 ? Thinned.Dropout(x, rate) : x;

    /// <summary>The same of whole channels.</summary>
    public Variable<float> DropoutChannels(Variable<float> x, double rate) =>
        Random is not null ? Tape.DropoutChannels(x, rate, Random) : Thinned is not null && rate > 0 ? Thinned.DropoutChannels(x, rate) : x;

    /// <summary>The same of blocks of neighbouring places.</summary>
    public Variable<float> DropBlock(Variable<float> x, double rate, int size) =>
        Random is not null ? Tape.DropBlock(x, rate, size, Random) : Thinned is not null && rate > 0 ? Thinned.DropBlock(x, rate, size) : x;
}
