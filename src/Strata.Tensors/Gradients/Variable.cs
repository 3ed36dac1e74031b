using System.Numerics;

namespace Strata.Tensors.Gradients;

/// <summary>A result on a tape, valid until the tape is reset.</summary>
/// <param name="Tape">Where it was recorded.</param>
/// <param name="Id">Its place there.</param>
public readonly record struct Variable<T>(Tape<T> Tape, int Id)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Shape Shape => Tape.ShapeOf(Id);

    public ReadOnlySpan<T> Values => Tape.ValuesOf(Id);

    /// <summary>The gradient of what the last reverse walk started from; empty where none was needed.</summary>
    public ReadOnlySpan<T> Gradient => Tape.GradientOf(Id);

    public static Variable<T> operator +(Variable<T> left, Variable<T> right) => left.Tape.Add(left, right);

    public static Variable<T> operator *(Variable<T> left, Variable<T> right) => left.Tape.Multiply(left, right);
}
