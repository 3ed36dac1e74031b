using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>A checkpointed segment: its result is there when it is recorded, and its way back begins by computing it again.</summary>
internal sealed unsafe class SegmentRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static SegmentRule<T> Instance { get; } = new();

    /// <param name="number">Of the segment on the tape.</param>
    /// <param name="lengths">How many lengths are kept for it.</param>
    public static Settings Of(int number, int lengths)
    {
        var settings = default(Settings);
        (settings.Whole[0], settings.Whole[1]) = (number, lengths);
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
    }

    public override void Backward(Tape<T> tape, ref Node<T> node) => tape.WalkAgain(node);
}
