using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Tensors.Gradients;

/// <summary>One recorded operation with its result.</summary>
internal unsafe struct Node<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Null for numbers from outside.</summary>
    public Rule<T>? Rule;

    public Shape Shape;

    public T* Value;

    /// <summary>Null until the reverse walk needs it.</summary>
    public T* Gradient;

    /// <summary>Whether anything that is learned, or asked for, lies before it.</summary>
    public bool NeedsGradient;

    /// <summary>Where its inputs are listed on the tape.</summary>
    public int FirstInput, InputCount;

    public Settings Settings;

    /// <summary>What the forward pass keeps for the way back, in memory of the step.</summary>
    public void* Kept;
}

/// <summary>The few numbers that an operation is set by; what they mean is the rule's affair.</summary>
internal struct Settings
{
    public const int Most = 8;

    public Numbers Whole;

    public double First, Second;

    [InlineArray(Most)]
    public struct Numbers
    {
        private int first;
    }
}
