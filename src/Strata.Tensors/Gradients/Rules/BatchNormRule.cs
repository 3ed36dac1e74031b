using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// Each column of the rows brought to mean 0 and variance 1, times a gain plus a shift (Ioffe and Szegedy 2015); a fourth input is added, and the result may be cut off at 0, in the
/// same pass over memory. What is kept begins with the means and variances, for the running ones of the layer.
/// </summary>
internal sealed unsafe class BatchNormRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static BatchNormRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref BatchNormalization<T> norm = ref *(BatchNormalization<T>*)node.Kept;
        norm.X = tape.Input(node, 0).Value;
        norm.Y = node.Value;
        norm.Gain = tape.Input(node, 1).Value;
        norm.Shift = tape.Input(node, 2).Value;
        norm.Added = node.InputCount > 3 ? tape.Input(node, 3).Value : null;
        tape.Backend.Normalize(norm);
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        var gradients = new BatchNormalizationGradients<T>
        {
            Y = node.Gradient,
            Gain = tape.GradientOfInput(node, 1),
            Shift = tape.GradientOfInput(node, 2),
            X = tape.GradientOfInput(node, 0, out bool addsToX),
            AddsToX = addsToX,
        };
        if (node.InputCount > 3)
        {
            gradients.Added = tape.HandedGradientOfInput(node, 3, out bool addsToAdded);
            gradients.AddsToAdded = addsToAdded;
        }

        tape.Backend.NormalizeBack(*(BatchNormalization<T>*)node.Kept, gradients);
    }
}
