using System.Numerics;

namespace Strata.Tensors.Gradients;

/// <summary>How an operation is computed, and how the gradient of its result flows back to its inputs. Rules have no state: one of each serves all tapes.</summary>
internal abstract class Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Fills <see cref="Node{T}.Value"/>, for which there is room.</summary>
    public abstract void Forward(Tape<T> tape, ref Node<T> node);

    /// <summary>Adds to the gradients of the inputs that need one what <see cref="Node{T}.Gradient"/> brings them.</summary>
    public abstract void Backward(Tape<T> tape, ref Node<T> node);
}
