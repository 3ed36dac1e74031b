using System.Numerics;

namespace Strata.Tensors.Gradients;

/// <summary>A part of a computation that a tape can carry out a second time: see <see cref="Tape{T}.Checkpointed"/>.</summary>
public interface ISegment<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The part's result. It uses parameters and constants, and of the tape's other results only x.</summary>
    /// <param name="x">What comes in.</param>
    /// <param name="lengths">As they were given.</param>
    /// <param name="random">As it was given; the second time it draws the same numbers.</param>
    /// <param name="isAgain">Whether this is the second time, on the way back: what is remembered besides the result was remembered the first time.</param>
    Variable<T> Compute(Variable<T> x, ReadOnlySpan<int> lengths, RandomSource? random, bool isAgain);
}
