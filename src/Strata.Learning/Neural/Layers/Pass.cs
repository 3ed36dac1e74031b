using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>One pass through a network: the tape it is recorded on, whether it learns, and where chance comes from while it does.</summary>
/// <param name="Tape">Takes the operations.</param>
/// <param name="Random">The chance of dropout; null while predicting.</param>
internal readonly record struct Pass(Tape<float> Tape, RandomSource? Random)
{
    public bool IsTraining => Random is not null;
}
