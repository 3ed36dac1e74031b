using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>The dimensions in another order: the gradient is put back in the old one.</summary>
internal sealed unsafe class PermuteRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static PermuteRule<T> Instance { get; } = new();

    public override void Forward(Tape<T> tape, ref Node<T> node) => Walk(tape.Input(node, 0).Value, node.Value, tape.Input(node, 0).Shape, node, isBack: false);

    public override void Backward(Tape<T> tape, ref Node<T> node) => Walk(tape.GradientOfInput(node, 0), node.Gradient, tape.Input(node, 0).Shape, node, isBack: true);

    /// <summary>Goes through the result in its order, beside the places in the input that belong to it.</summary>
    private static void Walk(T* input, T* result, Shape from, in Node<T> node, bool isBack)
    {
        Shape shape = node.Shape;
        int dimensions = shape.Dimensions;
        if (shape.Count == 0 || dimensions == 0)
        {
            return;
        }

        Span<int> steps = stackalloc int[dimensions], at = stackalloc int[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            steps[i] = 1;
            for (int inner = node.Settings.Whole[i] + 1; inner < dimensions; inner++)
            {
                steps[i] *= from[inner];
            }
        }

        at.Clear();
        int width = shape[^1], step = steps[^1];
        nint place = 0;
        for (nint done = 0; done < shape.Count; done += width)
        {
            if (isBack)
            {
                AddRow(result + done, input + place, step, width);
            }
            else
            {
                CopyRow(input + place, step, result + done, width);
            }

            for (int i = dimensions - 2; i >= 0; i--)
            {
                place += steps[i];
                if (++at[i] < shape[i])
                {
                    break;
                }

                place -= (nint)steps[i] * shape[i];
                at[i] = 0;
            }
        }
    }

    private static void CopyRow(T* from, int step, T* to, int count)
    {
        if (step == 1)
        {
            new ReadOnlySpan<T>(from, count).CopyTo(new Span<T>(to, count));
            return;
        }

        for (int i = 0; i < count; i++)
        {
            to[i] = from[(nint)i * step];
        }
    }

    private static void AddRow(T* from, T* to, int step, int count)
    {
        if (step == 1)
        {
            VectorLoops.AddTo(from, to, count);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            to[(nint)i * step] += from[i];
        }
    }
}
