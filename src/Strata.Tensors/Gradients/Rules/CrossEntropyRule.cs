using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// The weighted mean over the rows of -sum over the classes of t log p, where p is the softmax of the row's scores and t is 1 for the row's class, smoothed by an equal share
/// for all: ds = w (p - t) / sum of w.
/// </summary>
internal sealed unsafe class CrossEntropyRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static CrossEntropyRule<T> Instance { get; } = new();

    /// <summary>What is kept: the classes, the weights divided by their sum, and room for the probabilities.</summary>
    internal readonly record struct Memory(nint Codes, nint Weights, nint Probabilities);

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> scores = ref tape.Input(node, 0);
        int rows = scores.Shape.Rows, classes = scores.Shape.Width;
        var (codes, weights, probabilities) = Kept(node);
        T smoothing = T.CreateTruncating(node.Settings.First), each = smoothing / T.CreateTruncating(classes), loss = T.Zero;
        for (int row = 0; row < rows; row++)
        {
            T* s = scores.Value + (nint)row * classes, p = probabilities + (nint)row * classes;
            T largest = s[0], sum = T.Zero, all = T.Zero;
            for (int k = 1; k < classes; k++)
            {
                largest = T.Max(largest, s[k]);
            }

            for (int k = 0; k < classes; k++)
            {
                p[k] = T.Exp(s[k] - largest);
                sum += p[k];
                all += s[k] - largest;
            }

            T logSum = T.Log(sum);
            for (int k = 0; k < classes; k++)
            {
                p[k] /= sum;
            }

            T own = logSum - (s[codes[row]] - largest), spread = T.CreateTruncating(classes) * logSum - all;
            loss += weights[row] * ((T.One - smoothing) * own + each * spread);
        }

        *node.Value = loss;
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        Shape shape = tape.Input(node, 0).Shape;
        T* gradient = tape.GradientOfInput(node, 0);
        var (codes, weights, probabilities) = Kept(node);
        T smoothing = T.CreateTruncating(node.Settings.First), each = smoothing / T.CreateTruncating(shape.Width);
        for (int row = 0; row < shape.Rows; row++)
        {
            T* to = gradient + (nint)row * shape.Width, p = probabilities + (nint)row * shape.Width;
            T factor = *node.Gradient * weights[row];
            for (int k = 0; k < shape.Width; k++)
            {
                to[k] += factor * (p[k] - each - (k == codes[row] ? T.One - smoothing : T.Zero));
            }
        }
    }

    private static Pointers Kept(in Node<T> node)
    {
        Memory* memory = (Memory*)node.Kept;
        return new Pointers { Codes = (int*)memory->Codes, Weights = (T*)memory->Weights, Probabilities = (T*)memory->Probabilities };
    }

    private ref struct Pointers
    {
        public int* Codes;
        public T* Weights, Probabilities;

        public readonly void Deconstruct(out int* codes, out T* weights, out T* probabilities)
        {
            codes = Codes;
            weights = Weights;
            probabilities = Probabilities;
        }
    }
}
