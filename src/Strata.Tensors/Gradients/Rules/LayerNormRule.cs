using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Each row brought to mean 0 and variance 1, times a gain plus a shift (Ba et al. 2016).</summary>
internal sealed unsafe class LayerNormRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static LayerNormRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        node.Kept = tape.Take<T>(2L * node.Shape.Rows);
        tape.Backend.NormalizeRows(Norm(tape, node));
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        var gradients = new RowNormalizationGradients<T>
        {
            Y = node.Gradient,
            X = tape.GradientOfInput(node, 0, out bool addsToX),
            AddsToX = addsToX,
            Gain = tape.GradientOfInput(node, 1),
            Shift = tape.GradientOfInput(node, 2),
            Sums = tape.Take<T>(2L * RowNormalization<T>.MostBlocks * node.Shape.Width),
        };
        tape.Backend.NormalizeRowsBack(Norm(tape, node), gradients);
    }

    private static RowNormalization<T> Norm(Tape<T> tape, in Node<T> node) => new()
    {
        Rows = node.Shape.Rows,
        Width = node.Shape.Width,
        Epsilon = node.Settings.First,
        X = tape.Input(node, 0).Value,
        Y = node.Value,
        Gain = tape.Input(node, 1).Value,
        Shift = tape.Input(node, 2).Value,
        Means = (T*)node.Kept,
        Ratios = (T*)node.Kept + node.Shape.Rows,
    };
}
