using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>The gradient of a convolution's data taken for a layer of its own (Zeiler et al. 2010): y and dx change places, and so do x and dy in dw.</summary>
internal sealed unsafe class TransposedConvolutionRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static TransposedConvolutionRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node) => tape.Backend.ConvolveBackToData(
        *(ConvolutionGeometry*)node.Kept, tape.Input(node, 0).Value, tape.Input(node, 1).Value, ConvolutionRule<T>.Bias(tape, node), node.Value, adds: false);

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref readonly ConvolutionGeometry g = ref *(ConvolutionGeometry*)node.Kept;
        T* dx = tape.GradientOfInput(node, 0, out bool adds), dw = tape.GradientOfInput(node, 1);
        if (dx is not null)
        {
            T* fresh = adds ? tape.Take<T>(tape.Input(node, 0).Shape.Count) : dx;
            tape.Backend.Convolve(g, node.Gradient, tape.Input(node, 1).Value, null, fresh);
            if (adds)
            {
                VectorLoops.AddTo(fresh, dx, tape.Input(node, 0).Shape.Count);
            }
        }

        if (dw is not null)
        {
            tape.Backend.ConvolveBackToWeights(g, node.Gradient, tape.Input(node, 0).Value, dw);
        }

        if (node.InputCount > 2 && tape.GradientOfInput(node, 2) is var db && db is not null)
        {
            tape.Backend.SumRows(node.Gradient, node.Shape.Rows, node.Shape.Width, db);
        }
    }
}
