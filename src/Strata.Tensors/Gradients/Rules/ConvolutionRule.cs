using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>y = x * w + b for images or series with channels innermost; dx is dy under the turned kernels, dw what each tap saw times dy, db the sum of dy over all places.</summary>
internal sealed unsafe class ConvolutionRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static ConvolutionRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node) =>
        tape.Backend.Convolve(*(ConvolutionGeometry*)node.Kept, tape.Input(node, 0).Value, tape.Input(node, 1).Value, Bias(tape, node), node.Value);

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref readonly ConvolutionGeometry g = ref *(ConvolutionGeometry*)node.Kept;
        T* dx = tape.GradientOfInput(node, 0, out bool adds), dw = tape.GradientOfInput(node, 1);
        if (dx is not null)
        {
            tape.Backend.ConvolveBackToData(g, node.Gradient, tape.Input(node, 1).Value, null, dx, adds);
        }

        if (dw is not null)
        {
            tape.Backend.ConvolveBackToWeights(g, tape.Input(node, 0).Value, node.Gradient, dw);
        }

        if (node.InputCount > 2 && tape.GradientOfInput(node, 2) is var db && db is not null)
        {
            tape.Backend.SumRows(node.Gradient, node.Shape.Rows, node.Shape.Width, db);
        }
    }

    internal static T* Bias(Tape<T> tape, in Node<T> node) => node.InputCount > 2 ? tape.Input(node, 2).Value : null;
}
